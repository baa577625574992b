package io.yuntai.mainjob;

import io.yuntai.billing.metering.FiveMinutes;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.UsageHour;
import io.yuntai.billing.metering.UsageSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Made-up use, and no measurement: every host at every hour 15 % of its processors with peaks of 40
 * %, 40 % of its memory and of its disk. By the rules that is a score of 80.00.
 */
public final class EvenUse implements UsageSource {

    private static final int FULL_HOUR = 3600;

    @Override
    public void read(List<MeteredHost> hosts, Consumer<UsageHour> into) {
        for (var host : hosts) {
            var hour = host.during().from().truncatedTo(ChronoUnit.HOURS);
            for (; hour.isBefore(host.during().to()); hour = hour.plusSeconds(FULL_HOUR)) {
                if (host.during().contains(hour)) {
                    into.accept(hour(host, hour));
                }
            }
        }
    }

    private static UsageHour hour(MeteredHost host, Instant hour) {
        var capacity = host.capacity();
        return new UsageHour(
                host.host(),
                hour,
                FiveMinutes.even(FiveMinutes.COUNT, 1500),
                FiveMinutes.even(FiveMinutes.COUNT, 4000),
                0,
                capacity.vcpu() * 150L * FULL_HOUR,
                capacity.vcpu() * 400,
                OptionalLong.of(capacity.memoryBytes() / 5 * 2 * FULL_HOUR),
                OptionalLong.of(capacity.diskBytes() / 5 * 2 * FULL_HOUR));
    }
}
