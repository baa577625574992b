package io.yuntai.onboarding.rules;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a bureau decides about how people work and how long hosts stay. Each part refuses numbers
 * that are out of their range ({@link Refused} INVALID with {@code OUT_OF_RANGE} at the number).
 */
public record WorkRules(
        DeadlineRules deadlines,
        ApplicationRules applications,
        HostRules hosts,
        ReclaimRules reclaims) {

    private static final int LONGEST_WORK = 250;
    private static final int LONGEST = 365;
    private static final int MOST_VCPU = 1_000_000;
    private static final int MOST_HOURS = 1000;
    private static final int LEAP_YEAR = 366;
    private static final int LONGEST_DELAY = 1000;

    /**
     * After how many working days what happens to an application.
     *
     * @param remindAfter in a review or a partial delivery, whoever has to act is reminded; 1 or
     *     more
     * @param escalateAfter in a review or a partial delivery, whoever stands above is told; later
     *     than that, 250 at the most
     * @param warnAfter of a delivery that nobody has confirmed, its owner is warned, each time
     *     once; all before {@code deemAfter}
     * @param deemAfter it is deemed confirmed; 1 to 250
     * @param deliverWithin what takes longer from its submission to its delivery is overdue; 1 to
     *     250
     */
    public record DeadlineRules(
            int remindAfter,
            int escalateAfter,
            List<Integer> warnAfter,
            int deemAfter,
            int deliverWithin) {

        public DeadlineRules {
            warnAfter = warnAfter.stream().distinct().sorted().toList();
            refuse(
                    List.of(
                            outside("/remindAfter", remindAfter, 1, LONGEST_WORK - 1),
                            outside("/escalateAfter", escalateAfter, remindAfter + 1, LONGEST_WORK),
                            outside("/warnAfter", warnAfter, 1, deemAfter - 1),
                            outside("/deemAfter", deemAfter, 1, LONGEST_WORK),
                            outside("/deliverWithin", deliverWithin, 1, LONGEST_WORK)));
        }
    }

    /**
     * What is decided about applications.
     *
     * @param lockDays how long the quota of an application stays locked that nobody decides about,
     *     from when it was locked; 1 to 365
     * @param expertsFromVcpu an application of so many processors or more goes to experts; 0: only
     *     where the reviewer wants it
     */
    public record ApplicationRules(int lockDays, int expertsFromVcpu) {

        public ApplicationRules {
            refuse(
                    List.of(
                            outside("/lockDays", lockDays, 1, LONGEST),
                            outside("/expertsFromVcpu", expertsFromVcpu, 0, MOST_VCPU)));
        }

        /** The same as a time. */
        public Duration lock() {
            return Duration.ofDays(lockDays);
        }

        /** Whether experts are to be heard about an order of so many processors. */
        public boolean needsExperts(long vcpu) {
            return expertsFromVcpu > 0 && vcpu >= expertsFromVcpu;
        }
    }

    /**
     * How long hosts stay, in days.
     *
     * @param recycleBinDays how long a host can be restored; before that has passed nobody can
     *     destroy it; 0 to 365
     * @param trialDays how long a host can be used that nobody confirms; 1 to 365
     * @param termNotices how long before the end of a term its unit is told of it, the first notice
     *     first; each 1 to 365
     * @param retireDays how long a host whose term has ended stands still before it moves to the
     *     recycle bin; 0 to 365
     */
    public record HostRules(
            int recycleBinDays, int trialDays, List<Integer> termNotices, int retireDays) {

        public HostRules {
            termNotices =
                    termNotices.stream().distinct().sorted(Comparator.reverseOrder()).toList();
            refuse(
                    List.of(
                            outside("/recycleBinDays", recycleBinDays, 0, LONGEST),
                            outside("/trialDays", trialDays, 1, LONGEST),
                            outside("/termNotices", termNotices, 1, LONGEST),
                            outside("/retireDays", retireDays, 0, LONGEST)));
        }

        /** The same as a time. */
        public Duration recycleBin() {
            return Duration.ofDays(recycleBinDays);
        }

        /** The same as a time. */
        public Duration trial() {
            return Duration.ofDays(trialDays);
        }

        /** The same as a time. */
        public Duration retireAfter() {
            return Duration.ofDays(retireDays);
        }

        /** Since how long before its end a host is said to expire. */
        public Duration expiringFor() {
            return Duration.ofDays(termNotices.stream().findFirst().orElse(0));
        }

        /** Likewise before the end of a trial, of which nobody is told before it has begun. */
        public Duration trialExpiringFor() {
            return Duration.ofDays(
                    termNotices.stream().filter(days -> days < trialDays).findFirst().orElse(0));
        }
    }

    /**
     * What is decided about reclaiming.
     *
     * @param remindHours an owner who has not answered for so long is reminded, on the first
     *     working day from then on; 0 to 1000
     * @param answerWithin working days after which the bureau is told that he has not, and his unit
     *     is late; 1 to 250
     * @param evidenceDays a verdict that is older says nothing any more; 1 to 366
     * @param longestDelay days that an appeal can bring; 1 to 1000
     * @param p95AtMost percent of a smaller size that the 95th percentile of use may come to; 1 to
     *     {@code peakAtMost}
     * @param peakAtMost the same of the highest use; 100 at the most
     */
    public record ReclaimRules(
            int remindHours,
            int answerWithin,
            int evidenceDays,
            int longestDelay,
            int p95AtMost,
            int peakAtMost) {

        public ReclaimRules {
            refuse(
                    List.of(
                            outside("/remindHours", remindHours, 0, MOST_HOURS),
                            outside("/answerWithin", answerWithin, 1, LONGEST_WORK),
                            outside("/evidenceDays", evidenceDays, 1, LEAP_YEAR),
                            outside("/longestDelay", longestDelay, 1, LONGEST_DELAY),
                            outside("/p95AtMost", p95AtMost, 1, 100),
                            outside("/peakAtMost", peakAtMost, p95AtMost, 100)));
        }

        /** The same as a time. */
        public Duration remindAfter() {
            return Duration.ofHours(remindHours);
        }
    }

    private static Optional<Fault> outside(String pointer, int value, int least, int most) {
        return outside(pointer, List.of(value), least, most);
    }

    private static Optional<Fault> outside(
            String pointer, Collection<Integer> values, int least, int most) {
        return values.stream().allMatch(value -> value >= least && value <= most)
                ? Optional.empty()
                : Optional.of(Fault.at(pointer, "OUT_OF_RANGE", least, most));
    }

    private static void refuse(List<Optional<Fault>> found) {
        var faults = found.stream().flatMap(Optional::stream).toList();
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
    }
}
