package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.kubernetes.ClusterName;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What would have to go before a cluster is empty. Nothing is moved or deleted from here: a host
 * goes when its owner gives it back, an idle lease shrinks by itself.
 */
@Service
@Transactional(readOnly = true)
public class ClusterOccupants {

    private final OccupantStore store;

    ClusterOccupants(OccupantStore store) {
        this.store = store;
    }

    /**
     * How far it is emptied.
     *
     * @param namespaces how many have a lease there
     * @param empty those of them that neither have a host nor use anything
     * @param hosts how many are there
     */
    public record Progress(int namespaces, int empty, int hosts) {}

    /** The namespaces there, those with most hosts first; {@code q} finds systems. */
    public Page<ClusterOccupant> list(ClusterName cluster, PageQuery query) {
        return store.list(cluster, query);
    }

    public Progress progress(ClusterName cluster) {
        return store.progress(cluster);
    }
}
