package io.yuntai.onboarding.application;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * After how many working days what happens.
 *
 * @param remindAfter {@code yuntai.deadlines.remind-after}: in a review or a partial delivery,
 *     whoever has to act is reminded
 * @param escalateAfter {@code yuntai.deadlines.escalate-after}: in a review or a partial delivery,
 *     whoever stands above is told
 * @param warnAfter {@code yuntai.deadlines.warn-after}: of a delivery that nobody has confirmed,
 *     its owner is warned, each time once
 * @param deemAfter {@code yuntai.deadlines.deem-after}: it is deemed confirmed
 * @param deliverWithin {@code yuntai.deadlines.deliver-within}: what takes longer from its
 *     submission to its delivery is overdue
 */
@ConfigurationProperties("yuntai.deadlines")
public record DeadlineProperties(
        @DefaultValue("1") int remindAfter,
        @DefaultValue("2") int escalateAfter,
        @DefaultValue({"1", "5", "9"}) List<Integer> warnAfter,
        @DefaultValue("10") int deemAfter,
        @DefaultValue("10") int deliverWithin) {

    private static final int LONGEST = 250;

    public DeadlineProperties {
        warnAfter = warnAfter.stream().sorted().distinct().toList();
        if (remindAfter < 1 || escalateAfter <= remindAfter || escalateAfter > LONGEST) {
            throw new IllegalArgumentException(
                    "reminded after %d, escalated after %d".formatted(remindAfter, escalateAfter));
        }
        if (deemAfter < 1 || deemAfter > LONGEST || deliverWithin < 1) {
            throw new IllegalArgumentException("deem-after, deliver-within");
        }
        for (int days : warnAfter) {
            if (days < 1 || days >= deemAfter) {
                throw new IllegalArgumentException(
                        "warned after %d of %d days".formatted(days, deemAfter));
            }
        }
    }
}
