package io.yuntai.onboarding.application;

import io.yuntai.onboarding.unit.PersonId;
import java.util.Set;

/**
 * Whom an application's present state and revision wait for beside whoever decides, and who has
 * answered.
 *
 * @param toSign who was asked to sign and has not
 * @param haveSigned who has signed, and who has done it for somebody else
 * @param toAdvise which experts were asked and have not answered
 * @param haveAdvised who has given an opinion, and who has done it for somebody else
 */
record Awaited(
        Set<PersonId> toSign,
        Set<PersonId> haveSigned,
        Set<PersonId> toAdvise,
        Set<PersonId> haveAdvised) {

    static final Awaited NOBODY = new Awaited(Set.of(), Set.of(), Set.of(), Set.of());

    Awaited {
        toSign = Set.copyOf(toSign);
        haveSigned = Set.copyOf(haveSigned);
        toAdvise = Set.copyOf(toAdvise);
        haveAdvised = Set.copyOf(haveAdvised);
    }
}
