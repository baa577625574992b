package io.yuntai.onboarding.application;

import io.yuntai.onboarding.unit.PersonId;
import java.util.Set;

/**
 * Which person may act in which part of the workflow. Roles are given elsewhere; asked anew with
 * each command, so that a role that was taken away is gone at once.
 */
public interface Takers {

    /** The parts of a person, by his own roles; what was delegated to him is not among them. */
    Set<Workflow.Part> parts(PersonId person);
}
