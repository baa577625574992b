package io.yuntai.sandbox;

import ch.qos.logback.classic.Level;
import io.yuntai.sandbox.tryout.CannotStart;
import io.yuntai.sandbox.tryout.DataFolder;
import io.yuntai.sandbox.tryout.Options;
import io.yuntai.sandbox.tryout.Parts;
import io.yuntai.sandbox.tryout.Terminal;
import io.yuntai.sandbox.tryout.TryOutRun;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;

/** {@code ./yuntai try}: a whole city on this machine, with nothing else running. */
public final class TryOut {

    private TryOut() {}

    /** Ends with 2 when asked for what does not exist, with 1 when it cannot start. */
    public static void main(String[] words) {
        // Until Spring Boot sets it up, the log would fill the terminal.
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)
                instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.WARN);
        }
        var terminal = new Terminal();
        var parts = new Parts();
        try {
            var options = Options.read(List.of(words));
            if (options.users()) {
                terminal.users(DataFolder.sampleUsers(options.data()));
                return;
            }
            new TryOutRun(options, terminal, parts).start();
            if (options.prepare()) {
                System.exit(0);
            }
        } catch (CannotStart e) {
            stop(parts, e.status(), e.line());
        } catch (PortInUseException e) {
            stop(parts, 1, "port %d is taken; use --port N".formatted(e.getPort()));
        } catch (Exception e) {
            LoggerFactory.getLogger(TryOut.class).error("the try-out does not start", e);
            stop(parts, 1, "the try-out does not start: " + rootOf(e));
        }
    }

    /** Of the first cause, the first line: what lies around it says only who asked whom. */
    private static String rootOf(Throwable e) {
        var cause = e;
        for (var next = cause.getCause(); next != null; next = cause.getCause()) {
            cause = next;
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("")
                + "; the log says more";
    }

    private static void stop(Parts parts, int status, String line) {
        if (!parts.isEnding()) {
            System.err.println("yuntai: " + line);
            System.exit(status);
        }
    }
}
