package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NodeCapacity;
import io.yuntai.quota.Amounts;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What clusters offer: what their nodes say, and apart from it what an operator says. Neither
 * overwrites the other, and quota rests on neither: it rests on what the pool was registered with.
 */
@Service
@Transactional
public class ClusterCapacities {

    private final CapacityStore store;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ClusterCapacities(CapacityStore store, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /** What the nodes of each cluster said last; a cluster that was never read is missing. */
    @Transactional(readOnly = true)
    public Map<ClusterName, ClusterCapacity> read() {
        return store.all();
    }

    /** What was last declared of each, by its name. */
    @Transactional(readOnly = true)
    public Map<String, ClusterDeclaration> declared() {
        return store.latest().stream()
                .collect(Collectors.toMap(ClusterDeclaration::cluster, Function.identity()));
    }

    /**
     * Declares what a cluster offers. The same id with the same content gives the first answer
     * again.
     *
     * @throws Refused NOT_FOUND {@code CLUSTER_NOT_FOUND}; CONFLICT {@code ID_REUSED}
     */
    public ClusterDeclaration declare(
            Actor actor, UUID id, String cluster, Amounts amounts, String reason) {
        if (!store.exists(cluster)) {
            throw Refused.notFound("CLUSTER_NOT_FOUND");
        }
        var before = store.find(id);
        if (before.isPresent()) {
            return before.filter(same ->
                            same.cluster().equals(cluster)
                                    && same.amounts().equals(amounts)
                                    && same.reason().equals(reason.strip())
                                    && same.by().equals(actor.person()))
                    .orElseThrow(() -> Refused.conflict("ID_REUSED"));
        }
        var declaration =
                new ClusterDeclaration(
                        id,
                        cluster,
                        amounts,
                        reason.strip(),
                        actor.person(),
                        actor.name(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS));
        store.insert(declaration);
        events.publishEvent(
                new Audited(
                        declaration.at(),
                        Optional.of(actor),
                        "cluster.declare",
                        "cluster/" + cluster,
                        Audited.Outcome.SUCCESS,
                        amounts + " " + declaration.reason()));
        return declaration;
    }

    /** Keeps what was read just now. */
    void keep(ClusterName cluster, NodeCapacity capacity) {
        store.keep(cluster, capacity, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
