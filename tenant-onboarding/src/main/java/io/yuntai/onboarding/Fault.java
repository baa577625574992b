package io.yuntai.onboarding;

import java.util.List;

/**
 * One thing wrong with what was handed in. The text for people is made from the code, in their
 * language, at the border.
 *
 * @param pointer a JSON pointer (RFC 6901) to the member at fault; empty for the whole
 * @param code stable, in capitals: {@code TOO_LONG}
 * @param arguments what the text needs, in its order
 */
public record Fault(String pointer, String code, List<Object> arguments) {

    public Fault {
        arguments = List.copyOf(arguments);
    }

    public static Fault at(String pointer, String code, Object... arguments) {
        return new Fault(pointer, code, List.of(arguments));
    }
}
