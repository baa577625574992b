package io.yuntai.onboarding.host;

import io.yuntai.onboarding.unit.PersonId;
import java.time.Instant;
import java.util.Optional;

/**
 * One step of a host's life, as it was taken.
 *
 * @param by empty: the control plane itself
 * @param note what was asked for or why; may be empty
 */
public record HostStep(
        int version,
        Instant at,
        Optional<By> by,
        HostLife.Command command,
        HostLife.State from,
        HostLife.State to,
        String note) {

    /** Whoever took it. */
    public record By(PersonId id, String name) {}
}
