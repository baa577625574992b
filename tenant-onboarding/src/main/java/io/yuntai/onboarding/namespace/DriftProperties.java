package io.yuntai.onboarding.namespace;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is done about things that a hand has deleted on a cluster.
 *
 * @param deletedHosts {@code yuntai.drift.deleted-hosts}: a machine that was delivered and is gone;
 *     what it had on its disks is gone with it, so that a bureau may want to look first
 */
@ConfigurationProperties("yuntai.drift")
public record DriftProperties(@DefaultValue("REMAKE") WhenDeleted deletedHosts) {

    /** The two things to do. */
    public enum WhenDeleted {
        /** It is made again, as it was ordered. */
        REMAKE,
        /** It is left gone and shown as failed. */
        REPORT
    }
}
