package io.yuntai.billing;

import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Place;
import java.time.Instant;
import java.util.UUID;

/** Units and hosts for tests, told apart by a number. */
public final class Sample {

    public static final long GIB = 1L << 30;
    public static final String ORDINARY = "extranet-ordinary";
    public static final String DOMESTIC = "extranet-domestic";

    private Sample() {}

    public static Party party(int number) {
        return new Party(
                new PartyId(new UUID(1, number)),
                "U%03d".formatted(number),
                "第%d局".formatted(number),
                "440700");
    }

    public static MeteredHostId host(int number) {
        return new MeteredHostId(new UUID(3, number));
    }

    public static HostAllocation allocation(
            int host, int party, int vcpu, String pool, String from) {
        return new HostAllocation(
                host(host),
                "host-" + host,
                party(party),
                new MeteredSystem(
                        new MeteredSystemId(new UUID(2, party)), "s" + party, "系统" + party),
                pool,
                new Capacity(vcpu, 8 * GIB, 100 * GIB),
                new Place("a", "ns"),
                Instant.parse(from));
    }

    public static HostAllocation allocation(int host, int party, int vcpu) {
        return allocation(host, party, vcpu, ORDINARY, "2026-01-01T00:00:00Z");
    }
}
