package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Notice.To;
import java.time.Instant;
import java.util.List;

/**
 * Whom an application waits for since the same step.
 *
 * @param version by which they came to be waited for
 * @param since when that was
 */
record Wait(int version, Instant since, List<To> whom) {
    Wait {
        whom = List.copyOf(whom);
    }
}
