package io.yuntai.api;

import io.yuntai.onboarding.Refused;
import java.util.Optional;

/** What somebody says with a command. */
record Note(Optional<String> note, Optional<String> reason) {

    static final int LIMIT = 2000;

    /**
     * What was said; may be empty.
     *
     * @throws Refused INVALID when it is too long
     */
    String text() {
        return text(note.or(() -> reason), "/note");
    }

    /**
     * What was said, by whoever has to say why.
     *
     * @throws Refused INVALID when it is missing or too long
     */
    String required() {
        return required(reason.or(() -> note), "/reason");
    }

    static String text(Optional<String> said, String pointer) {
        String text = said.orElse("").strip();
        if (text.length() > LIMIT) {
            throw ApplicationBody.tooLong(pointer, LIMIT);
        }
        return text;
    }

    static String required(Optional<String> said, String pointer) {
        String text = text(said, pointer);
        if (text.isEmpty()) {
            throw ApplicationBody.required(pointer);
        }
        return text;
    }
}
