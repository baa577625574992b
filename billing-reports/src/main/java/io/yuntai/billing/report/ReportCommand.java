package io.yuntai.billing.report;

import io.yuntai.billing.reconciliation.PoolBooks;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code verify FILE [--key PEM] [--database URL]}: whether a report is what was published. Ends
 * with 0 if it is, 1 if not, 2 if it was not asked rightly.
 */
public final class ReportCommand {

    private static final int WRONG = 1;
    private static final int USAGE = 2;

    /** Of each kind of line: what one host differs in must not hide the others. */
    private static final int MOST_TOLD = 20;

    private final PrintStream out;
    private final Function<JdbcClient, PoolBooks> books;

    /**
     * A command that says what it finds.
     *
     * @param books reads what the quota knows out of the same database
     */
    public ReportCommand(PrintStream out, Function<JdbcClient, PoolBooks> books) {
        this.out = out;
        this.books = books;
    }

    /** Carries it out, and returns what the process is to end with. */
    public int run(List<String> arguments) {
        Optional<Path> file = Optional.empty();
        Optional<Path> key = Optional.empty();
        Optional<String> database = Optional.empty();
        if (arguments.isEmpty() || !arguments.getFirst().equals("verify")) {
            return usage();
        }
        var rest = arguments.subList(1, arguments.size()).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--key") && rest.hasNext()) {
                key = Optional.of(Path.of(rest.next()));
            } else if (word.equals("--database") && rest.hasNext()) {
                database = Optional.of(rest.next());
            } else if (!word.startsWith("--") && file.isEmpty()) {
                file = Optional.of(Path.of(word));
            } else {
                return usage();
            }
        }
        if (file.isEmpty()) {
            return usage();
        }
        try {
            var trusted =
                    key.isPresent()
                            ? Optional.of(Files.readString(key.get()))
                            : Optional.<String>empty();
            return verify(
                    Files.readAllBytes(file.get()), trusted, database.map(ReportCommand::source));
        } catch (IOException | IllegalArgumentException e) {
            out.println("cannot be read: " + e.getMessage());
            return USAGE;
        } catch (NestedRuntimeException e) {
            out.println("the database cannot be read: " + e.getMostSpecificCause().getMessage());
            return USAGE;
        }
    }

    private static DataSource source(String url) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    /**
     * Verifies a file.
     *
     * @param trusted a public key or certificate in PEM that must have signed
     * @param database what must give the same; nothing is changed in it
     */
    public int verify(byte[] file, Optional<String> trusted, Optional<DataSource> database) {
        return switch (Verification.of(file, trusted)) {
            case Verification.Broken broken -> tell(broken);
            case Verification.Sound sound -> {
                out.printf(
                        "%s of %s, version %d: %d lines, each as it was written%n",
                        sound.excerptOf().isPresent() ? "excerpt of the report" : "report",
                        sound.month(),
                        sound.version(),
                        sound.lines());
                sound.excerptOf().ifPresent(digest -> out.printf("of report  SM3 %s%n", digest));
                out.printf("digest     good, SM3 %s%n", sound.digest());
                out.printf(
                        "signature  good, SM2 by the key %s%s%n",
                        sound.key(),
                        sound.keyTrusted()
                                ? ", which is the one that was asked for"
                                : "; compare this with the published one, or name it with --key");
                out.println("figures    follow from the hosts, percentiles and policy in it");
                if (sound.excerptOf().isPresent() && database.isPresent()) {
                    out.println("database   is compared with whole reports only");
                    yield USAGE;
                }
                yield database.isPresent() ? derive(file, database.get()) : 0;
            }
        };
    }

    private int derive(byte[] file, DataSource source) {
        var differences = Rederivation.against(source, books).check(file);
        if (!differences.isEmpty()) {
            var told = new LinkedHashMap<String, Integer>();
            for (var difference : differences) {
                String kind = difference.what().split(" ", 2)[0];
                if (told.merge(kind, 1, Integer::sum) <= MOST_TOLD) {
                    say(difference);
                }
            }
            told.forEach((kind, count) -> {
                if (count > MOST_TOLD) {
                    out.printf("and %d more of \"%s\"%n", count - MOST_TOLD, kind);
                }
            });
            return WRONG;
        }
        out.println("database   gives the same, byte by byte, reconciliation and forecasts too");
        return 0;
    }

    private int tell(Verification.Broken broken) {
        say(broken);
        return WRONG;
    }

    private void say(Verification.Broken broken) {
        out.println(
                broken.line() == 0
                        ? "NOT GOOD: " + broken.what()
                        : "NOT GOOD: line " + broken.line() + " " + broken.what());
    }

    private int usage() {
        out.println(
                "usage: ./yuntai report verify FILE [--key PEM] [--database jdbc:postgresql://...]");
        return USAGE;
    }
}
