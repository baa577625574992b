package io.yuntai.onboarding.host;

import io.yuntai.onboarding.PlainText;

/**
 * An image of the catalogue, in one of its versions.
 *
 * @param name as people read it, at most {@value #MAX_NAME} characters
 * @param os such as {@code openEuler 24.03}
 * @param location a reference of a container registry, or for {@link Source#HTTP} an address
 * @param minimumDiskGib the smallest system disk that it fits on
 * @param retired nobody can apply for it any more; hosts that were made with it keep it
 */
public record HostImage(
        CatalogueRef ref,
        String name,
        String os,
        Family family,
        Source source,
        String location,
        int minimumDiskGib,
        boolean retired) {

    public static final int MAX_NAME = 100;
    public static final int MAX_LOCATION = 500;
    public static final int MAX_DISK_GIB = 32_768;

    public enum Family {
        LINUX,
        WINDOWS
    }

    /** Where its content comes from. */
    public enum Source {
        /** A container's image that is the system disk itself: what is written there is lost. */
        CONTAINER_DISK,
        /** A container's image that CDI copies to the system disk. */
        REGISTRY,
        /** A disk image that CDI loads from an address. */
        HTTP
    }

    public HostImage {
        PlainText.require(name, 1, MAX_NAME);
        PlainText.require(os, 1, MAX_NAME);
        PlainText.require(location, 1, MAX_LOCATION);
        if (minimumDiskGib < 1 || minimumDiskGib > MAX_DISK_GIB) {
            throw new IllegalArgumentException("a disk of " + minimumDiskGib + " GiB");
        }
    }

    /** Whether two versions say the same. */
    boolean says(HostImage other) {
        return equals(
                new HostImage(
                        ref,
                        other.name,
                        other.os,
                        other.family,
                        other.source,
                        other.location,
                        other.minimumDiskGib,
                        other.retired));
    }
}
