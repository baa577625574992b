package io.yuntai.billing.metering;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes measured use in. */
@Service
public class Metering {

    private final AllocationStore allocations;
    private final UsageStore usage;

    Metering(AllocationStore allocations, UsageStore usage) {
        this.allocations = allocations;
        this.usage = usage;
    }

    /**
     * The hour in which the first host was allocated that a source is the truth about; of one that
     * is that about no cluster, or whose clusters never had a host, the first host of all.
     *
     * @return empty while nothing was ever allocated
     */
    @Transactional(readOnly = true)
    public Optional<Instant> beginning(UsageSource source) {
        var first = allocations.firstHours();
        return first.entrySet().stream()
                .filter(of -> source.measures(of.getKey()))
                .map(Map.Entry::getValue)
                .min(Comparator.naturalOrder())
                .or(() -> first.values().stream().min(Comparator.naturalOrder()));
    }

    /**
     * Reads what every host allocated in a period used. Reading again corrects what has changed at
     * the source and leaves the rest as it is; an hour that the source no longer has stays.
     *
     * @return how many hours were read
     * @throws IllegalArgumentException if the source hands on an hour outside the period
     */
    @Transactional
    public long read(UsageSource source, Period period) {
        var hosts = allocations.allocatedIn(period);
        return hosts.isEmpty() ? 0 : usage.take(period, into -> source.read(hosts, into));
    }
}
