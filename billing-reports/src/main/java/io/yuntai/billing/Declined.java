package io.yuntai.billing;

/** What was asked for is against the rules or against the state of things; nothing has changed. */
public final class Declined extends RuntimeException {

    private final String code;

    /**
     * @param code stable, in capitals
     */
    public Declined(String code) {
        super(code, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
