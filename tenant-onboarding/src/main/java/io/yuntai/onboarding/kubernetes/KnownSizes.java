package io.yuntai.onboarding.kubernetes;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Which sizes were written to a cluster just now, so that of a thousand hosts of one size not each
 * writes it again. A version of a size never changes; one that is deleted by hand is missed for a
 * minute at the most.
 */
final class KnownSizes {

    private static final long FRESH = TimeUnit.MINUTES.toNanos(1);

    private final Map<String, Long> written = new ConcurrentHashMap<>();

    boolean has(Desired.Host host) {
        var since = written.get(HostManifests.instancetypeName(host));
        return since != null && System.nanoTime() - since < FRESH;
    }

    void written(Desired.Host host) {
        written.put(HostManifests.instancetypeName(host), System.nanoTime());
    }
}
