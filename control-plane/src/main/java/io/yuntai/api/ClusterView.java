package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.onboarding.cluster.ClusterCapacity;
import io.yuntai.onboarding.cluster.ClusterDeclaration;
import io.yuntai.onboarding.cluster.ClusterIdentities;
import io.yuntai.onboarding.kubernetes.ClusterUid;
import io.yuntai.onboarding.ledger.ClusterCommand;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.Scheduling;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.quota.Amounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A cluster.
 *
 * @param displayName what people call it; absent: it is configured, not registered
 * @param connected whether the server that answers is connected to it
 * @param registered whether it was registered over the API; else the configuration has it
 * @param server where its API server is
 * @param kubernetes the version found when its kubeconfig was looked into last
 * @param reachable whether the latest call of the server that answers got an answer
 * @param simulated whether it is only played
 * @param health as all servers have met it
 * @param identity where another cluster answers in its place: which
 * @param since since when it is in that state
 * @param scheduling whether anything new may be placed there
 * @param pools those that it serves
 * @param leases how many it has
 * @param committed what they are charged, in pod units
 * @param used what it was last seen to use
 * @param debt what it was last seen to use beyond what is granted
 * @param capacity what its nodes offered when they were read last
 * @param declared what an operator says that it offers
 * @param differences where both are known: declared less what the nodes offer, by resource
 * @param lastCommand what somebody has said of it last
 */
@Schema(name = "MemberCluster")
record ClusterView(
        String name,
        Optional<String> displayName,
        boolean connected,
        boolean registered,
        Optional<String> server,
        Optional<String> kubernetes,
        boolean reachable,
        boolean simulated,
        ClusterTexts.HealthView health,
        Optional<IdentityView> identity,
        ClusterState state,
        Instant since,
        Scheduling scheduling,
        Optional<Instant> schedulingSince,
        List<PoolId> pools,
        int leases,
        Amounts committed,
        Amounts used,
        Amounts debt,
        Optional<CapacityView> capacity,
        Optional<DeclarationView> declared,
        Map<String, Long> differences,
        Optional<CommandView> lastCommand) {

    /**
     * Another cluster answers.
     *
     * @param known the uid of the one that should
     * @param found of the one that does
     */
    @Schema(name = "ClusterIdentity")
    record IdentityView(ClusterUid known, ClusterUid found, Instant since) {

        static IdentityView of(ClusterIdentities.Changed changed) {
            return new IdentityView(changed.known(), changed.found(), changed.since());
        }
    }

    /** What somebody has said of it, and why. */
    @Schema(name = "ClusterCommand")
    record CommandView(
            UUID id, ClusterCommand.Kind command, String reason, SpokenBy by, Instant at) {

        static CommandView of(ClusterCommand command) {
            return new CommandView(
                    command.id(),
                    command.kind(),
                    command.reason(),
                    new SpokenBy(command.by(), command.name()),
                    command.at());
        }
    }

    @Schema(name = "ClusterCommandBy")
    record SpokenBy(PersonId id, String name) {}

    /**
     * @param open nodes that are ready and take new pods; the amounts are theirs
     */
    @Schema(name = "ClusterCapacity")
    record CapacityView(
            int nodes,
            int ready,
            int open,
            Amounts allocatable,
            List<ShareView> shares,
            Instant readAt) {

        static CapacityView of(ClusterCapacity capacity) {
            var nodes = capacity.nodes();
            return new CapacityView(
                    nodes.nodes(),
                    nodes.ready(),
                    nodes.open(),
                    nodes.allocatable(),
                    nodes.shares().stream()
                            .map(share ->
                                    new ShareView(
                                            share.processor(), share.nodes(), share.allocatable()))
                            .toList(),
                    capacity.readAt());
        }
    }

    /**
     * @param processor absent: of nodes that do not bear the label
     */
    @Schema(name = "ClusterCapacityShare")
    record ShareView(Optional<ProcessorFamily> processor, int nodes, Amounts allocatable) {}

    @Schema(name = "ClusterDeclaration")
    record DeclarationView(UUID id, Amounts amounts, String reason, SpokenBy by, Instant at) {

        static DeclarationView of(ClusterDeclaration declaration) {
            return new DeclarationView(
                    declaration.id(),
                    declaration.amounts(),
                    declaration.reason(),
                    new SpokenBy(declaration.by(), declaration.name()),
                    declaration.at());
        }
    }

    /** Of what is declared; resources of which nothing was declared are not compared. */
    static Map<String, Long> differences(
            Optional<ClusterDeclaration> declared, Optional<ClusterCapacity> read) {
        var differences = new TreeMap<String, Long>();
        if (declared.isPresent() && read.isPresent()) {
            var allocatable = read.get().nodes().allocatable();
            declared.get()
                    .amounts()
                    .asMap()
                    .forEach((resource, amount) -> {
                        long difference = amount - allocatable.get(resource);
                        if (difference != 0) {
                            var _ = differences.put(resource.code(), difference);
                        }
                    });
        }
        return differences;
    }
}
