package io.yuntai.sandbox.storm;

import java.util.Map;
import java.util.Optional;

/**
 * What one storm came to.
 *
 * @param breach what was broken, if anything was
 * @param steps what was done by anybody in it
 * @param checks how often all that must hold was asked
 * @param mishaps how often each has happened; none that has not
 */
public record Played(Optional<Breach> breach, long steps, long checks, Map<Mishap, Long> mishaps) {

    public Played {
        mishaps = Map.copyOf(mishaps);
    }
}
