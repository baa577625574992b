package io.yuntai.onboarding.unit;

import io.yuntai.onboarding.PlainText;

/**
 * A person of a unit who signs in.
 *
 * @param name 1 to 100 characters
 */
public record Person(PersonId id, Login login, String name, UnitId unit) {

    public Person {
        PlainText.require(name, 1, 100);
    }
}
