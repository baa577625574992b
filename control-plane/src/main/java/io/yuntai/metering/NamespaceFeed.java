package io.yuntai.metering;

import io.yuntai.billing.metering.Allotment;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.NamespaceAllotment;
import io.yuntai.billing.metering.NamespaceAllotments;
import io.yuntai.billing.metering.Place;
import io.yuntai.onboarding.ledger.NamespaceGranted;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.time.Clock;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Hands to billing what each namespace is granted for its containers from when on, inside the
 * transaction in which the ledger notes it.
 */
@Component
class NamespaceFeed {

    private static final String STORAGE = Resource.storage("any").base();

    private final NamespaceAllotments allotments;
    private final Clock clock;

    NamespaceFeed(NamespaceAllotments allotments, Clock clock) {
        this.allotments = allotments;
        this.clock = clock;
    }

    @EventListener
    void granted(NamespaceGranted event) {
        allotments.record(
                new NamespaceAllotment(
                        new Place(event.id().cluster(), event.id().namespace()),
                        new MeteredSystemId(event.system().value()),
                        allotment(event.beyondHosts())),
                clock.instant());
    }

    private static Allotment allotment(Amounts amounts) {
        return new Allotment(
                amounts.get(Resource.CPU),
                amounts.get(Resource.MEMORY),
                amounts.asMap().entrySet().stream()
                        .filter(entry -> entry.getKey().base().equals(STORAGE))
                        .mapToLong(entry -> entry.getValue())
                        .sum());
    }
}
