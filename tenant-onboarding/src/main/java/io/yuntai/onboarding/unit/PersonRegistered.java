package io.yuntai.onboarding.unit;

/**
 * A contact with a login was registered as a person. Published inside the transaction of the
 * import, so that the role stands or falls with the person.
 */
public record PersonRegistered(PersonId person, Login login, UnitRole role) {}
