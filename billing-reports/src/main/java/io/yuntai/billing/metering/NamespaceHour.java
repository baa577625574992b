package io.yuntai.billing.metering;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the containers of a namespace used in one hour: those of its hosts are not among them. What
 * was not measured is not made up.
 *
 * @param hour its first moment, a full hour
 * @param allotment what they were granted in it
 * @param samples how many of the twelve count
 * @param quarantined how many were set apart for being over 105 % of that
 * @param cpu thousandths of a vCPU
 * @param memory bytes in use; empty: not measured
 * @param storage bytes in use on claims; empty: not measured
 * @param claimsBytes the most that the claims that were measured could hold; empty: not measured
 */
public record NamespaceHour(
        Place place,
        Instant hour,
        Allotment allotment,
        int samples,
        int quarantined,
        Extent cpu,
        Optional<Extent> memory,
        Optional<Extent> storage,
        OptionalLong claimsBytes) {

    /**
     * Samples that count, each the mean of five minutes.
     *
     * @param sum of all of them: divided by their number it is their mean
     */
    public record Extent(long sum, long min, long max) {

        /** Of no sample. */
        static final Extent NONE = new Extent(0, 0, 0);

        public Extent {
            if (min < 0 || max < min || sum < max) {
                throw new IllegalArgumentException("no samples: %d %d %d".formatted(sum, min, max));
            }
        }

        static Extent of(long sample) {
            return new Extent(sample, sample, sample);
        }

        Extent plus(long sample) {
            return new Extent(
                    Math.addExact(sum, sample), Math.min(min, sample), Math.max(max, sample));
        }
    }

    public NamespaceHour {
        if (hour.getEpochSecond() % 3600 != 0 || hour.getNano() != 0) {
            throw new IllegalArgumentException("not a full hour: " + hour);
        }
        if (samples < 0 || quarantined < 0 || samples + quarantined > UsageHour.FULL) {
            throw new IllegalArgumentException(
                    "not the samples of an hour: " + samples + " and " + quarantined);
        }
    }
}
