package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.util.Optional;

/** What others know of a unit that applies. What they cannot say is missing. */
public interface UnitRecords {

    /**
     * How well a unit uses what it has, by the ranking of the month before.
     *
     * @param standing empty: it is not ranked
     * @param at up to when use was measured when this was asked
     */
    record Use(Optional<Standing> standing, Instant at) {}

    /**
     * A place in the ranking.
     *
     * @param grade A to D
     * @param score 0 to 100
     */
    record Standing(String grade, double score) {}

    /**
     * A unit's use.
     *
     * @return empty while that month has no ranking, or the unit is not in it
     */
    Optional<Use> use(UnitId unit, Instant now);

    /** Whether a unit is late with giving back what it was told to. */
    boolean isReclaimOverdue(UnitId unit, Instant now);
}
