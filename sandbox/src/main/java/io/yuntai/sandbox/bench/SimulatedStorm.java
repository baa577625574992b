package io.yuntai.sandbox.bench;

import io.yuntai.sandbox.storm.Breach;
import io.yuntai.sandbox.storm.LongStorm;
import io.yuntai.sandbox.storm.LongStorm.Tally;
import io.yuntai.sandbox.storm.Mishap;
import io.yuntai.sandbox.storm.Parts;
import io.yuntai.sandbox.storm.Storm;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code ./yuntai bench storm --simulated}: many seeded storms, or one of them again. */
record SimulatedStorm(Parts parts, Consumer<String> lines) {

    static final String NAME = "storm --simulated";

    static final String MEASURES =
            "Seeded storms: the production code of leases, twice, on a played ledger and played "
                    + "clusters. After each step every cover, every level and every debit is added "
                    + "up; in the end the faults stop and everything has to come to rest. Every "
                    + "fourth seed is played once more with a ledger that is restored from a backup "
                    + "on the way, and once more with a cluster that is lost, fenced and written "
                    + "off.";

    /** Plays; says on the way how far it is and in the end what was seen. */
    Tally play(Request.Simulation request) throws InterruptedException {
        var tally =
                LongStorm.play(
                        request.first(),
                        request.span(),
                        parts,
                        so -> lines.accept("  " + figures(so)));
        lines.accept(figures(tally));
        for (var mishap : Mishap.values()) {
            lines.accept("  %-24s %,d".formatted(mishap.text(), times(tally, mishap)));
        }
        tally.breach().ifPresent(breach -> lines.accept(breach.toString()));
        return tally;
    }

    /** Plays one storm again; what it broke, if anything. */
    Optional<Breach> replay(Request.Replay request) {
        var played = Storm.play(request.seed(), request.course(), parts);
        played.breach()
                .ifPresentOrElse(
                        breach -> lines.accept(breach.toString()),
                        () ->
                                lines.accept(
                                        "nothing was broken in %,d steps"
                                                .formatted(played.steps())));
        return played.breach();
    }

    private static String figures(Tally tally) {
        return String.format(
                Locale.ROOT,
                "%,d seeds, %,.0f a second; %,d steps, %,.0f a second; all that must hold asked "
                        + "%,d times; %s",
                tally.seeds(),
                tally.seedsPerSecond(),
                tally.steps(),
                tally.stepsPerSecond(),
                tally.checks(),
                tally.breach().map(_ -> "BROKEN").orElse("nothing broken"));
    }

    private static long times(Tally tally, Mishap mishap) {
        return tally.mishaps().getOrDefault(mishap, 0L);
    }

    /** What a document says of it. */
    static String markdown(Tally tally) {
        var rows =
                new StringBuilder(figures(tally))
                        .append(".\n\n| what happened | times |\n|---|---:|\n");
        Arrays.stream(Mishap.values())
                .forEach(mishap ->
                        rows.append(
                                "| %s | %s |\n"
                                        .formatted(
                                                mishap.text(),
                                                String.format(
                                                        Locale.ROOT,
                                                        "%,d",
                                                        times(tally, mishap)))));
        return rows.toString();
    }
}
