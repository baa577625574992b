package io.yuntai.billing.metering;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which host was allocated to whom, with what capacity, and when. */
@Service
public class Allocations {

    private final AllocationStore store;

    Allocations(AllocationStore store) {
        this.store = store;
    }

    /**
     * Records that hosts began, were resized or were moved. What a host was before ends where the
     * new begins. Repeating is harmless; the names of parties and systems are brought up to date
     * from then on: a month that had ended keeps those of its end.
     *
     * @param allocations at most one for each host
     * @throws IllegalArgumentException if one contradicts what stands recorded: another content
     *     from the same moment, or a beginning before what is recorded later. Nothing is recorded
     *     then.
     */
    @Transactional
    public void record(List<HostAllocation> allocations) {
        if (allocations.isEmpty()) {
            return;
        }
        if (allocations.stream().map(HostAllocation::host).distinct().count()
                < allocations.size()) {
            throw new IllegalArgumentException("one allocation for each host at a time");
        }
        store.upsertParties(since(allocations, HostAllocation::party));
        store.upsertSystems(since(allocations, HostAllocation::system));
        long contradicting = store.record(allocations);
        if (contradicting > 0) {
            throw new IllegalArgumentException(
                    contradicting + " allocations contradict what stands recorded");
        }
    }

    private static <T> Map<T, Instant> since(
            List<HostAllocation> allocations, Function<HostAllocation, T> what) {
        return allocations.stream()
                .collect(
                        toMap(
                                what,
                                HostAllocation::from,
                                BinaryOperator.minBy(naturalOrder()),
                                LinkedHashMap::new));
    }

    /**
     * Records that the owner has confirmed the delivery; the first confirmation of a host stands.
     */
    @Transactional
    public void confirm(Collection<MeteredHostId> hosts, Instant at) {
        store.confirm(hosts, at);
    }

    /** Records that a host is gone. A host that is already gone, or never was, changes nothing. */
    @Transactional
    public void end(MeteredHostId host, Instant at) {
        store.end(host, at);
    }

    /** Records that a host stands still. One that does already stands still since then. */
    @Transactional
    public void stop(MeteredHostId host, Instant at) {
        store.stop(host, at);
    }

    /** Records that a host runs again. One that does already changes nothing. */
    @Transactional
    public void start(MeteredHostId host, Instant at) {
        store.start(host, at);
    }
}
