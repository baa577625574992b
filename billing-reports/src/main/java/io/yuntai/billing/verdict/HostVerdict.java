package io.yuntai.billing.verdict;

import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.PartyId;
import java.time.LocalDate;
import java.util.List;

/**
 * What is said of a host on a day, and why.
 *
 * @param day of Asia/Shanghai; it looks back from its end
 * @param unit and system whose the host was at that end
 * @param pool zone and processor family: {@code extranet-ordinary}
 * @param policy the version that it was judged by
 */
public record HostVerdict(
        LocalDate day,
        MeteredHostId host,
        String hostName,
        PartyId unit,
        MeteredSystemId system,
        String pool,
        int vcpu,
        long memoryBytes,
        String policy,
        List<Verdict> verdicts,
        Evidence evidence) {

    public HostVerdict {
        verdicts = List.copyOf(verdicts);
        if (verdicts.isEmpty()) {
            throw new IllegalArgumentException("nothing is said of " + hostName);
        }
    }
}
