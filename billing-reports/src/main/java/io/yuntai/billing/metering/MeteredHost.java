package io.yuntai.billing.metering;

/**
 * A host to be read, while it had one capacity. A host that was resized comes once for each.
 *
 * @param during only hours that begin in here are this one's
 */
public record MeteredHost(
        MeteredHostId host, String hostName, String pool, Capacity capacity, Period during) {}
