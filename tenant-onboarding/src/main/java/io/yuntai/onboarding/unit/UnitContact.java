package io.yuntai.onboarding.unit;

/** A contact and the unit that it is of. */
public record UnitContact(UnitId unit, Contact contact) {}
