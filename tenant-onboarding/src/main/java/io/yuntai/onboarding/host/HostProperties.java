package io.yuntai.onboarding.host;

import io.yuntai.onboarding.region.Zone;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an installation may set about hosts.
 *
 * @param stopped {@code yuntai.hosts.stopped}: what becomes of the quota of a host that is stopped
 * @param directGrowth {@code yuntai.hosts.direct-growth}: who may make hosts larger, or give them
 *     disks, by command and without an application
 * @param networks {@code yuntai.hosts.networks[extranet]}: by zone, the Multus network that its
 *     hosts are on, {@code namespace/name}; where there is none, the pod network
 * @param sharedStorage {@code yuntai.hosts.shared-storage[ssd]}: by storage class, that several
 *     nodes can use a disk of it at once, and as what: {@code BLOCK} or {@code FILESYSTEM}; hosts
 *     on such disks alone can be moved while they run
 * @param imageSources {@code yuntai.hosts.image-sources[0]}: how the places of images may begin,
 *     such as {@code registry.city.gov.cn/}; none: any
 */
@ConfigurationProperties("yuntai.hosts")
public record HostProperties(
        @DefaultValue("KEEPS_ALL") Stopped stopped,
        @DefaultValue("NOBODY") DirectGrowth directGrowth,
        @DefaultValue Map<Zone, String> networks,
        @DefaultValue Map<String, SharedAs> sharedStorage,
        @DefaultValue List<String> imageSources) {

    /** What a disk that several nodes can use is to them: Kubernetes' {@code volumeMode}. */
    public enum SharedAs {
        BLOCK,
        FILESYSTEM
    }

    /** What a stopped host is charged for. */
    public enum Stopped {
        /** All of it: a start can never fail for want of quota. */
        KEEPS_ALL,
        /**
         * Disks only: others may take its processors and memory, and a start asks for them anew.
         */
        KEEPS_DISKS
    }

    /** Who may do what otherwise takes an application. */
    public enum DirectGrowth {
        /** It takes an application, whoever it is: nobody alone grants what others have to. */
        NOBODY,
        /** Those who belong to no unit and may operate hosts, for emergencies. */
        PLATFORM
    }

    public HostProperties {
        networks = Map.copyOf(networks);
        sharedStorage = Map.copyOf(sharedStorage);
        imageSources = List.copyOf(imageSources);
    }
}
