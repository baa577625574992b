package io.yuntai.sandbox.tryout;

/** Why the try-out does not start, in one line for whoever started it. */
public final class CannotStart extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String line;

    private CannotStart(int status, String line) {
        super(line);
        this.line = line;
        this.status = status;
    }

    /** It was asked for what does not exist. */
    static CannotStart usage(String line) {
        return new CannotStart(2, line);
    }

    /** It could not do what it was asked for. */
    public static CannotStart because(String line) {
        return new CannotStart(1, line);
    }

    public String line() {
        return line;
    }

    /** What the process ends with. */
    public int status() {
        return status;
    }
}
