package io.yuntai.billing.verdict;

import io.yuntai.billing.metering.MeteredHostId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A day as it was judged, beside what would be said of it by another policy, which looks back over
 * its own days.
 *
 * @param from the first of these days; {@code day} is the last
 * @param policyThen by which it was judged: of that day there is at least one verdict
 * @param rows every verdict that is said in either, of how many hosts; a host may have several
 * @param hosts all of them, by name
 */
public record VerdictTrial(
        LocalDate from,
        LocalDate day,
        String policyThen,
        String policy,
        List<Row> rows,
        List<Host> hosts) {

    public record Row(Verdict verdict, int then, int now) {}

    /**
     * A host.
     *
     * @param then what was said of it; nothing of one that was not there yet
     * @param now what would be, and on what evidence
     */
    public record Host(List<Verdict> then, HostVerdict now) {

        public Host {
            then = List.copyOf(then);
        }

        /** Whether something else would be said of it. */
        public boolean changes() {
            return !then.equals(now.verdicts());
        }
    }

    public VerdictTrial {
        rows = List.copyOf(rows);
        hosts = List.copyOf(hosts);
    }

    /** Of how many hosts something else would be said. */
    public int changed() {
        return (int) hosts.stream().filter(Host::changes).count();
    }

    static VerdictTrial of(
            LocalDate day, VerdictPolicy policy, List<HostVerdict> then, List<HostVerdict> now) {
        var before = byHost(then);
        var thenOf = counts(then);
        var nowOf = counts(now);
        var rows = new ArrayList<Row>();
        for (var verdict : Verdict.values()) {
            int was = thenOf.getOrDefault(verdict, 0);
            int is = nowOf.getOrDefault(verdict, 0);
            if (was + is > 0) {
                rows.add(new Row(verdict, was, is));
            }
        }
        return new VerdictTrial(
                policy.window().firstDay(day),
                day,
                then.getFirst().policy(),
                policy.id(),
                rows,
                now.stream()
                        .map(one -> new Host(before.getOrDefault(one.host(), List.of()), one))
                        .toList());
    }

    private static Map<MeteredHostId, List<Verdict>> byHost(List<HostVerdict> all) {
        return all.stream().collect(Collectors.toMap(HostVerdict::host, HostVerdict::verdicts));
    }

    private static Map<Verdict, Integer> counts(List<HostVerdict> all) {
        return all.stream()
                .flatMap(one -> one.verdicts().stream())
                .collect(
                        Collectors.groupingBy(
                                Function.identity(),
                                () -> new EnumMap<>(Verdict.class),
                                Collectors.summingInt(_ -> 1)));
    }
}
