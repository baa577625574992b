package io.yuntai.billing.metering;

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
