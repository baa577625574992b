package io.yuntai.billing.metering;

/**
 * Where a host runs, as its sources of measured use call it.
 *
 * @param cluster the member cluster's name
 * @param namespace in that cluster; the host's own name is that of its machine there
 */
public record Place(String cluster, String namespace) {

    public Place {
        if (cluster.isBlank() || namespace.isBlank()) {
            throw new IllegalArgumentException("not a place: " + cluster + "/" + namespace);
        }
    }
}
