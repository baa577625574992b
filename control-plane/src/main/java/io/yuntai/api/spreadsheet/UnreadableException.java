package io.yuntai.api.spreadsheet;

import io.yuntai.onboarding.register.RegisterFault;

/** Ends the reading of a file; becomes {@link FileContent.Unreadable}. */
final class UnreadableException extends Exception {

    private final transient RegisterFault fault;

    /**
     * A fault of a part of the file.
     *
     * @param part the sheet or the file inside; empty: the file as a whole
     */
    UnreadableException(String part, String code, Object... arguments) {
        super(code, null, false, false);
        this.fault = RegisterFault.of(part, code, arguments);
    }

    RegisterFault fault() {
        return fault;
    }
}
