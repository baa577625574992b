package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.util.Optional;

/**
 * An application that has passed and was drawn for an audit.
 *
 * @param audit empty: nobody has looked at it yet
 */
public record Sampled(
        ApplicationId application,
        int revision,
        UnitId unit,
        String unitName,
        String systemName,
        Instant passedAt,
        Check.Rule rule,
        Check.Size size,
        Optional<Check.Audit> audit) {}
