package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.host.HostKept;
import io.yuntai.onboarding.host.HostMade;
import io.yuntai.onboarding.host.HostProperties;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a host is made of beside processors, memory and its system disk.
 *
 * @param running whether it shall run
 * @param dataDisks by position
 * @param size the catalogue's code for processors and memory, which a cluster that knows it by a
 *     VirtualMachineClusterInstancetype is referred to
 * @param image what its system disk begins with; empty: nothing
 * @param cloudInit the document that it is given; empty: none
 * @param gpus empty: none
 * @param network the Multus network that it is on, {@code namespace/name}; empty: the pod network
 * @param kept how it reads when others have made it: nothing else of this is written then, but
 *     whether it runs
 * @param zone the zone whose nodes alone it may run on; empty: its cluster has those of one only
 * @param shared of its storage classes those of which several nodes can use a disk at once, and as
 *     what: live migration needs that
 * @param made how its machine was made; empty: that is not kept (yet)
 */
public record HostBuild(
        boolean running,
        List<Disk> dataDisks,
        Optional<String> size,
        Optional<Image> image,
        String cloudInit,
        Optional<Gpu> gpus,
        Optional<String> network,
        Optional<HostKept> kept,
        Optional<String> zone,
        Map<String, HostProperties.SharedAs> shared,
        Optional<HostMade> made) {

    /** One of which is not kept how it was made. */
    public HostBuild(
            boolean running,
            List<Disk> dataDisks,
            Optional<String> size,
            Optional<Image> image,
            String cloudInit,
            Optional<Gpu> gpus,
            Optional<String> network,
            Optional<HostKept> kept,
            Optional<String> zone) {
        this(
                running,
                dataDisks,
                size,
                image,
                cloudInit,
                gpus,
                network,
                kept,
                zone,
                Map.of(),
                Optional.empty());
    }

    /** One that we make, on a cluster of one zone. */
    public HostBuild(
            boolean running,
            List<Disk> dataDisks,
            Optional<String> size,
            Optional<Image> image,
            String cloudInit,
            Optional<Gpu> gpus,
            Optional<String> network) {
        this(
                running,
                dataDisks,
                size,
                image,
                cloudInit,
                gpus,
                network,
                Optional.empty(),
                Optional.empty());
    }

    /** One that runs, with an empty disk and nothing else. */
    public static final HostBuild PLAIN =
            new HostBuild(
                    true,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    Optional.empty(),
                    Optional.empty());

    public HostBuild {
        dataDisks = List.copyOf(dataDisks);
        shared = Map.copyOf(shared);
    }

    /** The same, made so. */
    HostBuild made(HostMade as) {
        return new HostBuild(
                running,
                dataDisks,
                size,
                image,
                cloudInit,
                gpus,
                network,
                kept,
                zone,
                shared,
                Optional.of(as));
    }

    /** A data disk. */
    public record Disk(int position, long bytes, String storageClass) {}

    /**
     * What a system disk begins with.
     *
     * @param location an image's reference for the first two, an address for the third
     */
    public record Image(Source source, String location) {}

    /** Where an image comes from. */
    public enum Source {
        /** A container's image that is mounted as a disk: what is written there is lost. */
        CONTAINER_DISK,
        /** The same, imported into the system disk by CDI. */
        REGISTRY,
        /** A disk image that CDI loads from an address. */
        HTTP
    }

    /** So many of a model of graphics processors. */
    public record Gpu(String model, int count) {}

    /**
     * As it always read for hosts that we make, since digests are made of it; how one was made is
     * no wish.
     */
    @Override
    public String toString() {
        return "HostBuild[running=%s, dataDisks=%s, size=%s, image=%s, cloudInit=%s, gpus=%s, network=%s%s%s%s]"
                .formatted(
                        running,
                        dataDisks,
                        size,
                        image,
                        cloudInit,
                        gpus,
                        network,
                        kept.map(how -> ", kept=" + how).orElse(""),
                        zone.map(where -> ", zone=" + where).orElse(""),
                        shared.isEmpty() ? "" : ", shared=" + new TreeMap<>(shared));
    }

    /** The first 16 digits of SHA-256 in hexadecimal. */
    static String digest(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
