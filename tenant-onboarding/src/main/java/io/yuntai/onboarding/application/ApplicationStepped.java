package io.yuntai.onboarding.application;

import java.util.Optional;

/**
 * An application has taken an edge. Published inside the transaction of the step.
 *
 * @param application as it is after it
 * @param other whom it was handed to, or who is asked to sign
 */
public record ApplicationStepped(
        Application application, Workflow.Edge edge, Optional<Application.Participant> other) {}
