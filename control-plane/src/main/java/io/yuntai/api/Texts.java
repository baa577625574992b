package io.yuntai.api;

import java.util.Optional;

/** How texts that may be missing are answered: as {@code null}, never as an empty text. */
final class Texts {

    private Texts() {}

    static Optional<String> filled(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
