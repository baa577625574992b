package io.yuntai.api;

import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.cluster.ClusterCapacities;
import io.yuntai.onboarding.cluster.ClusterCapacity;
import io.yuntai.onboarding.cluster.ClusterDeclaration;
import io.yuntai.onboarding.cluster.ClusterIdentities;
import io.yuntai.onboarding.cluster.ClusterObservations;
import io.yuntai.onboarding.cluster.ClusterRegistration;
import io.yuntai.onboarding.cluster.ClusterRegistrations;
import io.yuntai.onboarding.kubernetes.ClusterInfo;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.ledger.ClusterCommands;
import io.yuntai.onboarding.ledger.ClusterCover;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Puts together what is known of a cluster in its several places. */
@Component
class ClusterViews {

    private final ClusterCommands commands;
    private final Clusters clusters;
    private final ClusterRegistrations registrations;
    private final ClusterCapacities capacities;
    private final ClusterObservations observations;
    private final ClusterIdentities identities;
    private final ClusterTexts texts;

    ClusterViews(
            ClusterCommands commands,
            Clusters clusters,
            ClusterRegistrations registrations,
            ClusterCapacities capacities,
            ClusterObservations observations,
            ClusterIdentities identities,
            ClusterTexts texts) {
        this.commands = commands;
        this.clusters = clusters;
        this.registrations = registrations;
        this.capacities = capacities;
        this.observations = observations;
        this.identities = identities;
        this.texts = texts;
    }

    /** Every cluster that was ever entered, by name. */
    List<ClusterView> all() {
        var known = new Known();
        return commands.covers().stream().map(known::view).toList();
    }

    /**
     * @throws Refused NOT_FOUND {@code CLUSTER_NOT_FOUND}
     */
    ClusterView of(ClusterName name) {
        return commands.cover(name.value())
                .map(cover -> new Known().view(cover))
                .orElseThrow(() -> Refused.notFound("CLUSTER_NOT_FOUND"));
    }

    /** What is asked for once, however many clusters there are. */
    private final class Known {

        private final Map<String, ClusterInfo> infos =
                clusters.all().stream()
                        .collect(
                                Collectors.toMap(info -> info.name().value(), Function.identity()));
        private final Map<String, ClusterRegistration> registered =
                registrations.all().stream()
                        .collect(
                                Collectors.toMap(
                                        one -> one.cluster().value(), Function.identity()));
        private final Map<ClusterName, ClusterCapacity> read = capacities.read();
        private final Map<ClusterName, ClusterObservations.Summary> met = observations.all();
        private final Map<ClusterName, ClusterIdentities.Changed> changed = identities.changed();
        private final Map<String, ClusterDeclaration> declared = capacities.declared();

        ClusterView view(ClusterCover cover) {
            String name = cover.cluster();
            var info = Optional.ofNullable(infos.get(name));
            var registration = Optional.ofNullable(registered.get(name));
            var capacity = Optional.ofNullable(read.get(new ClusterName(name)));
            var said = Optional.ofNullable(declared.get(name));
            return new ClusterView(
                    name,
                    registration.map(ClusterRegistration::displayName),
                    info.isPresent(),
                    registration.isPresent(),
                    registration.map(ClusterRegistration::server),
                    registration.map(ClusterRegistration::kubernetes),
                    info.filter(ClusterInfo::reachable).isPresent(),
                    cover.simulated(),
                    texts.health(
                            met.getOrDefault(
                                    new ClusterName(name), ClusterObservations.Summary.NONE)),
                    Optional.ofNullable(changed.get(new ClusterName(name)))
                            .map(ClusterView.IdentityView::of),
                    cover.state(),
                    cover.since(),
                    cover.scheduling(),
                    cover.schedulingSince(),
                    registration
                            .map(ClusterRegistration::pools)
                            .or(() -> info.map(ClusterInfo::pools))
                            .orElse(Set.of())
                            .stream()
                            .sorted(Comparator.comparing(Object::toString))
                            .toList(),
                    cover.leases(),
                    cover.committed(),
                    cover.used(),
                    cover.debt(),
                    capacity.map(ClusterView.CapacityView::of),
                    said.map(ClusterView.DeclarationView::of),
                    ClusterView.differences(said, capacity),
                    cover.last().map(ClusterView.CommandView::of));
        }
    }
}
