package io.yuntai.billing.metering;

/**
 * What came of a reading.
 *
 * @param hours of hosts or namespaces, so many were read
 * @param changed so many of them were not known yet or said otherwise than what was known; of a
 *     frozen month those of hosts stand aside
 */
record HoursRead(long hours, long changed) {}
