package io.yuntai.sandbox.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** When each limit was first seen to be enforced. */
final class Enforced {

    private final Map<Site, TreeMap<Long, Instant>> first = new HashMap<>();

    synchronized void seen(Site site, long epoch, Instant at) {
        first.computeIfAbsent(site, _ -> new TreeMap<>()).putIfAbsent(epoch, at);
    }

    /** How long each grant waited until it, or one after it, was seen; those never seen are not. */
    synchronized Samples waits(List<Grant> grants) {
        var waits = new Samples();
        for (var grant : grants) {
            Optional.ofNullable(first.get(grant.site()))
                    .map(epochs -> epochs.ceilingEntry(grant.epoch()))
                    .map(seen -> Duration.between(grant.at(), seen.getValue()))
                    .ifPresent(wait -> waits.add(wait.isNegative() ? Duration.ZERO : wait));
        }
        return waits;
    }
}
