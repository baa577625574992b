package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.kubernetes.ObservedNamespace;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.system.SystemId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What clusters tell of namespaces, kept as it was last told, for whoever looks at a system. A
 * warning is kept for a day after it was said last, also when the cluster has forgotten it.
 */
@Service
@Transactional
public class ObservedNamespaces {

    private static final Duration KEPT = Duration.ofHours(24);

    private final ObservedNamespaceStore store;
    private final Clock clock;

    ObservedNamespaces(ObservedNamespaceStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * A namespace as it was seen last.
     *
     * @param since since when it is in that phase
     * @param seen when it was last seen to be so
     */
    public record Seen(ObservedNamespace observed, Instant since, Instant seen) {}

    /**
     * Takes note of one; one that has no lease is nobody's. Whoever looks at its system is told
     * only when something has changed.
     */
    public void observed(LeaseId id, ObservedNamespace observed) {
        var now = clock.instant();
        if (!store.hasLease(id)) {
            return;
        }
        boolean isNew = store.phase(id, observed, now);
        isNew |= store.warnings(id, observed.warnings(), now.minus(KEPT));
        if (isNew) {
            store.changed(id, now);
        }
    }

    /** Whether one has a lease; any other is nobody's, and need not be asked for. */
    @Transactional(readOnly = true)
    public boolean isOurs(LeaseId id) {
        return store.hasLease(id);
    }

    /** Of each namespace of a system that was looked at. */
    @Transactional(readOnly = true)
    public Map<LeaseId, Seen> of(SystemId system) {
        var seen = new HashMap<LeaseId, Seen>();
        for (var id : store.ids(system)) {
            store.seen(id, clock.instant().minus(KEPT)).ifPresent(one -> seen.put(id, one));
        }
        return Map.copyOf(seen);
    }

    /** Those of a cluster that are to be looked at, whether anything was told of them or not. */
    @Transactional(readOnly = true)
    public List<LeaseId> notSeenSince(String cluster, Instant at) {
        return store.notSeenSince(cluster, at);
    }
}
