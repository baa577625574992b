package io.yuntai.sandbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * {@code docs/benchmarks.md}: one section a benchmark, each with the commit and the machine that it
 * was measured on. A run replaces only the sections of the benchmarks that it ran.
 */
final class BenchmarksPage {

    private static final String HEAD =
            """
            # Benchmarks

            Written by `./yuntai bench`; not edited by hand. What is measured and its baseline take
            turns in the same run; figures are medians unless the metric says otherwise, percentiles
            are by nearest rank.
            """;

    private final Path file;

    BenchmarksPage(Path file) {
        this.file = file;
    }

    /**
     * @param what the benchmark's name
     * @param measures one paragraph: what is measured, and against what
     * @param run what was measured, where and when
     * @param figures in Markdown, ending with a line's end
     */
    void update(String what, String measures, Run run, String figures) throws IOException {
        var section =
                """
                ## %s

                %s

                Commit `%s`, %s, %s.

                %s\
                """
                        .formatted(what, measures, run.commit(), run.day(), run.machine(), figures);
        var page = Files.exists(file) ? Files.readString(file) : HEAD;
        var _ = Files.createDirectories(file.toAbsolutePath().getParent());
        var _ = Files.writeString(file, replaced(page, what, section));
    }

    /**
     * One run of a benchmark.
     *
     * @param commit what was measured, as `git describe` calls it
     * @param machine cores, memory and Java version
     */
    record Run(String commit, String machine, LocalDate day) {}

    /** The page with this section in the place of the earlier one, or at its end. */
    static String replaced(String page, String name, String section) {
        var earlier =
                Pattern.compile(
                                "^## " + Pattern.quote(name) + "\n.*?(?=^## |\\z)",
                                Pattern.MULTILINE | Pattern.DOTALL)
                        .matcher(page);
        if (!earlier.find()) {
            return page.stripTrailing() + "\n\n" + section;
        }
        var rest = page.substring(earlier.end());
        return page.substring(0, earlier.start()) + section + (rest.isEmpty() ? "" : "\n" + rest);
    }
}
