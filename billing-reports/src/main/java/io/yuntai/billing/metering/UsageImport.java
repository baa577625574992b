package io.yuntai.billing.metering;

import io.yuntai.billing.Person;
import java.time.Instant;
import java.util.UUID;

/**
 * A file of measured use that was taken in.
 *
 * @param id made by whoever sent it
 * @param digest of the file, SHA-256 in hexadecimal digits
 * @param period from the first of its hours to the end of the last
 * @param taken what came of it
 */
public record UsageImport(
        UUID id,
        String fileName,
        String digest,
        Person by,
        Instant at,
        Period period,
        Counts taken) {

    /**
     * How much there was.
     *
     * @param hosts how many have an hour in it
     * @param hours of hosts
     * @param samples that count, of the processors
     * @param quarantined samples that were set apart for being over 105 % of the capacity
     * @param aside hours of months that are frozen: they change no figure before a restatement
     */
    public record Counts(int hosts, int hours, int samples, int quarantined, int aside) {}
}
