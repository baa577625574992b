package io.yuntai.onboarding.host;

import java.time.Instant;

/** Times in which no host is stopped for its term, taken away or destroyed. */
public interface Protection {

    boolean isOn(Instant moment);
}
