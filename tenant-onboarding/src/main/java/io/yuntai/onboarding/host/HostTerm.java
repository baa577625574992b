package io.yuntai.onboarding.host;

import java.time.Instant;

/**
 * Until when a host may be used, as it stands now.
 *
 * @param end when its term or its trial ends
 * @param daysLeft whole days until then; 0 when it has come
 */
public record HostTerm(Instant end, Standing standing, int daysLeft) {

    /** How near its end is. */
    public enum Standing {
        CURRENT,
        /** It ends soon; its unit was told. */
        EXPIRING,
        /** It has come: it is stopped, and moves to the recycle bin when nobody renews it. */
        ENDED,
        /** It has come within a protection period: all stays as it is until that is over. */
        FROZEN
    }
}
