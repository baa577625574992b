package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.onboarding.adoption.Adoption;
import io.yuntai.onboarding.adoption.AdoptionId;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was taken over by one file; with validateOnly what would be.
 *
 * @param debts the levels that are in debt right after it
 */
@Schema(name = "Adoption")
record AdoptionView(
        AdoptionId id,
        String fileName,
        By adoptedBy,
        Instant adoptedAt,
        List<Taken> namespaces,
        List<Debt> debts) {

    @Schema(name = "Adopter")
    record By(PersonId id, String name) {}

    /**
     * A namespace with all in it.
     *
     * @param charged to the system's unit, in pod units
     * @param launchers charged to the pool's infrastructure
     * @param notes what becomes of what others governed it by
     * @param doneAt when its cluster was seen to hold all of it; null: under way
     */
    @Schema(name = "AdoptedNamespace")
    record Taken(
            ClusterName cluster,
            NamespaceName namespace,
            SystemId system,
            SystemCode systemCode,
            PoolId pool,
            Amounts charged,
            Amounts launchers,
            List<Adoption.Machine> hosts,
            List<Adoption.Note> notes,
            Optional<Instant> doneAt) {}

    /**
     * A level that holds more than its ceiling.
     *
     * @param amount by how much, in base units
     */
    @Schema(name = "AdoptionDebt")
    record Debt(NodeRef node, Resource resource, long ceiling, long held, long amount) {}

    static AdoptionView of(Adoption done) {
        return new AdoptionView(
                done.id(),
                done.fileName(),
                new By(done.adoptedBy(), done.adopterName()),
                done.adoptedAt(),
                done.namespaces().stream().map(AdoptionView::taken).toList(),
                done.debts().stream()
                        .map(debt ->
                                new Debt(
                                        debt.node(),
                                        debt.resource(),
                                        debt.ceiling(),
                                        debt.held(),
                                        debt.amount()))
                        .toList());
    }

    private static Taken taken(Adoption.Taken one) {
        return new Taken(
                one.cluster(),
                one.namespace(),
                one.system(),
                one.systemCode(),
                one.pool(),
                one.charged(),
                one.launchers(),
                one.hosts(),
                one.notes(),
                one.doneAt());
    }
}
