package io.yuntai.billing.metering;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A namespace to be read, while it was granted the same. One that was granted more comes once for
 * each.
 *
 * @param during only hours that begin in here are this one's
 * @param hosts the names of the hosts in it: what their disks hold is their own use
 */
public record MeteredNamespace(Place place, Allotment allotment, Period during, Set<String> hosts) {

    private static final Pattern DATA_DISK = Pattern.compile("-data[0-9]{1,2}$");

    public MeteredNamespace {
        hosts = Set.copyOf(hosts);
    }

    /** Whether a claim of it is a disk of one of its hosts, by its name. */
    public boolean isDisk(String claim) {
        return hosts.contains(claim) || hosts.contains(DATA_DISK.matcher(claim).replaceFirst(""));
    }
}
