package io.yuntai.onboarding.reclaim;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a bureau may set about reclaiming.
 *
 * @param remindAfter {@code yuntai.reclaim.remind-after}: an owner who has not answered is
 *     reminded, on the first working day from then on
 * @param answerWithin {@code yuntai.reclaim.answer-within}: working days after which the bureau is
 *     told that he has not, and his unit is late
 * @param evidenceDays {@code yuntai.reclaim.evidence-days}: a verdict that is older says nothing
 *     any more
 * @param longestDelay {@code yuntai.reclaim.longest-delay}: days that an appeal can bring
 * @param p95AtMost {@code yuntai.reclaim.p95-at-most}: percent of a smaller size that the 95th
 *     percentile of use may come to
 * @param peakAtMost {@code yuntai.reclaim.peak-at-most}: the same of the highest use
 * @param settleWithin {@code yuntai.reclaim.settle-within}: with a host that its cluster does not
 *     show as ordered by then, it has failed
 */
@ConfigurationProperties("yuntai.reclaim")
public record ReclaimProperties(
        @DefaultValue("48h") Duration remindAfter,
        @DefaultValue("5") int answerWithin,
        @DefaultValue("7") int evidenceDays,
        @DefaultValue("180") int longestDelay,
        @DefaultValue("60") int p95AtMost,
        @DefaultValue("90") int peakAtMost,
        @DefaultValue("30m") Duration settleWithin) {

    private static final int LONGEST = 250;

    public ReclaimProperties {
        if (remindAfter.isNegative() || answerWithin < 1 || answerWithin > LONGEST) {
            throw new IllegalArgumentException("remind-after, answer-within");
        }
        if (evidenceDays < 1 || longestDelay < 1 || settleWithin.isNegative()) {
            throw new IllegalArgumentException("evidence-days, longest-delay, settle-within");
        }
        if (p95AtMost < 1 || peakAtMost < p95AtMost || peakAtMost > 100) {
            throw new IllegalArgumentException(
                    "%d percent, %d at the most".formatted(p95AtMost, peakAtMost));
        }
    }
}
