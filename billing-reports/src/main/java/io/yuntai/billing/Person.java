package io.yuntai.billing;

import java.util.UUID;

/**
 * Somebody who proposes or decides.
 *
 * @param name as others read it
 */
public record Person(UUID id, String name) {

    private static final int LONGEST_NAME = 100;

    public Person {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("not a name: " + name);
        }
    }
}
