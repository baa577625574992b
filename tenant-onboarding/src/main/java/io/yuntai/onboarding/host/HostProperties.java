package io.yuntai.onboarding.host;

import io.yuntai.onboarding.region.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a bureau may set about hosts.
 *
 * @param recycleBin {@code yuntai.hosts.recycle-bin}: how long a host can be restored; before that
 *     has passed nobody can destroy it
 * @param stopped {@code yuntai.hosts.stopped}: what becomes of the quota of a host that is stopped
 * @param networks {@code yuntai.hosts.networks[extranet]}: by zone, the Multus network that its
 *     hosts are on, {@code namespace/name}; where there is none, the pod network
 * @param imageSources {@code yuntai.hosts.image-sources[0]}: how the places of images may begin,
 *     such as {@code registry.city.gov.cn/}; none: any
 */
@ConfigurationProperties("yuntai.hosts")
public record HostProperties(
        @DefaultValue("15d") Duration recycleBin,
        @DefaultValue("KEEPS_ALL") Stopped stopped,
        @DefaultValue Map<Zone, String> networks,
        @DefaultValue List<String> imageSources) {

    /** What a stopped host is charged for. */
    public enum Stopped {
        /** All of it: a start can never fail for want of quota. */
        KEEPS_ALL,
        /**
         * Disks only: others may take its processors and memory, and a start asks for them anew.
         */
        KEEPS_DISKS
    }

    public HostProperties {
        networks = Map.copyOf(networks);
        imageSources = List.copyOf(imageSources);
        if (recycleBin.isNegative()) {
            throw new IllegalArgumentException("a recycle bin of " + recycleBin);
        }
    }
}
