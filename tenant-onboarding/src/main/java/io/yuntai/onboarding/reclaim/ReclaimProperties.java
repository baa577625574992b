package io.yuntai.onboarding.reclaim;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an installation may set about reclaiming.
 *
 * @param settleWithin {@code yuntai.reclaim.settle-within}: with a host that its cluster does not
 *     show as ordered by then, it has failed
 */
@ConfigurationProperties("yuntai.reclaim")
public record ReclaimProperties(@DefaultValue("30m") Duration settleWithin) {

    public ReclaimProperties {
        if (settleWithin.isNegative()) {
            throw new IllegalArgumentException("settle-within: below 0");
        }
    }
}
