package io.yuntai.onboarding.host;

import io.yuntai.onboarding.region.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a bureau may set about hosts.
 *
 * @param recycleBin {@code yuntai.hosts.recycle-bin}: how long a host can be restored; before that
 *     has passed nobody can destroy it
 * @param trial {@code yuntai.hosts.trial}: how long a host can be used that nobody confirms
 * @param termNotices {@code yuntai.hosts.term-notices}: how many days before the end of a term its
 *     unit is told of it
 * @param retireAfter {@code yuntai.hosts.retire-after}: how long a host whose term has ended stands
 *     still before it moves to the recycle bin
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
        @DefaultValue("15d") Duration recycleBin,
        @DefaultValue("30d") Duration trial,
        @DefaultValue({"30", "7", "1"}) List<Integer> termNotices,
        @DefaultValue("15d") Duration retireAfter,
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
        termNotices = List.copyOf(termNotices);
        if (trial.toDays() < 1 || retireAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "a trial of %s, retired after %s".formatted(trial, retireAfter));
        }
        if (termNotices.stream().anyMatch(days -> days < 1 || days > 365)) {
            throw new IllegalArgumentException("notices 1 to 365 days before: " + termNotices);
        }
        if (recycleBin.isNegative()) {
            throw new IllegalArgumentException("a recycle bin of " + recycleBin);
        }
    }

    int trialDays() {
        return Math.toIntExact(trial.toDays());
    }

    /** Since how long before its end a host is said to expire. */
    public Duration expiringFor() {
        return Duration.ofDays(termNotices.stream().mapToInt(days -> days).max().orElse(0));
    }

    /** Likewise before the end of a trial, of which nobody is told before it has begun. */
    Duration trialExpiringFor() {
        return Duration.ofDays(
                termNotices.stream()
                        .mapToInt(days -> days)
                        .filter(days -> days < trialDays())
                        .max()
                        .orElse(0));
    }

    /** When a host's term ends, or its trial; empty: it has none. */
    public Optional<Instant> end(Host host) {
        return host.plan().confirmed()
                ? host.plan().ends()
                : host.deliveredAt().map(at -> at.plus(Duration.ofDays(trialDays())));
    }
}
