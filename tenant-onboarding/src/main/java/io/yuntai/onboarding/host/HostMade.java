package io.yuntai.onboarding.host;

/**
 * How the machine of a host was made when it was last made. Kept beside the host, for the machine
 * itself is in reach of whoever works on its cluster: by that nobody is told what it should be.
 *
 * @param imported whether CDI fills its system disk from the image; else the image itself is
 *     mounted
 * @param instancetype whether its size may stand on the cluster as an instancetype
 * @param asLeased whether its launcher requests what the lease has for it; one that was made before
 *     that was so stays as it is until something of it is to change
 */
public record HostMade(boolean imported, boolean instancetype, boolean asLeased) {

    /** The same from the next write on. */
    public HostMade leased() {
        return new HostMade(imported, instancetype, true);
    }
}
