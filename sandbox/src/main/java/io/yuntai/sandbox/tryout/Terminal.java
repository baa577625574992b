package io.yuntai.sandbox.tryout;

import io.yuntai.console.Preparation;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far the preparation is, for the console and for whoever looks at the terminal: there in one
 * line that is written over, elsewhere in a line a step.
 */
public final class Terminal implements Preparation {

    private static final long PAUSE_NANOS = 200_000_000;

    private final PrintStream out;
    private final boolean writesOver;
    private volatile Optional<Progress> progress = Optional.empty();
    private Optional<Step> lastStep = Optional.empty();
    private long lastShown;

    public Terminal() {
        this(new PrintStream(System.out, true, StandardCharsets.UTF_8), isTerminal());
    }

    // Declared nullable, and never null here: of two checkers one has to be told.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    Terminal(PrintStream out, boolean writesOver) {
        this.out = out;
        this.writesOver = writesOver;
    }

    public void line(String line) {
        out.println(line);
    }

    @Override
    public Optional<Progress> progress() {
        return progress;
    }

    /** Says how far it is; {@code total} 0: not known. */
    synchronized void at(Preparation.Step step, long done, long total) {
        progress = Optional.of(new Progress(step, done, total));
        boolean isNew = !lastStep.equals(Optional.of(step));
        long now = System.nanoTime();
        if (!isNew && (!writesOver || (now - lastShown < PAUSE_NANOS && done < total))) {
            return;
        }
        if (isNew && lastStep.isPresent() && writesOver) {
            out.println();
        }
        lastStep = Optional.of(step);
        lastShown = now;
        String text = text(step, done, total);
        if (step == Step.DONE) {
            return;
        }
        if (writesOver) {
            out.print("\r\u001b[K" + text);
            out.flush();
        } else {
            out.println(text);
        }
    }

    private static String text(Step step, long done, long total) {
        String what =
                switch (step) {
                    case IMPORT -> "importing the register";
                    case DELIVER -> "delivering hosts";
                    case METER -> "metering last month's use, hours";
                    case DONE -> "done";
                };
        return total == 0
                ? "  " + what
                : String.format(Locale.ROOT, "  %s: %,d of %,d", what, done, total);
    }

    /** The sample users, as a table. */
    public void users(List<SampleUser> users) {
        users.forEach(user -> out.println(user.shown()));
    }
}
