package io.yuntai.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that the JDK cannot send by itself. */
enum Signal {
    INT,
    STOP,
    CONT;

    void send(ProcessHandle process) {
        try {
            int status =
                    new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid()))
                            .inheritIO()
                            .start()
                            .waitFor();
            if (status != 0 && process.isAlive()) {
                throw new IllegalStateException(
                        "cannot send " + this + " to process " + process.pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending " + this, e);
        }
    }
}
