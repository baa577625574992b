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

    /**
     * Nobody decides about what is his own.
     *
     * @throws Declined {@code SAME_PERSON}
     */
    public void requireAnother(Person decider) {
        if (id.equals(decider.id())) {
            throw new Declined("SAME_PERSON");
        }
    }
}
