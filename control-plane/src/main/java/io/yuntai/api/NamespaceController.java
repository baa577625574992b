package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Grant;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.kubernetes.ObservedNamespace;
import io.yuntai.onboarding.ledger.LeaseRoom;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Tenure;
import io.yuntai.onboarding.namespace.NamespaceEntry;
import io.yuntai.onboarding.namespace.NamespaceGrant;
import io.yuntai.onboarding.namespace.Namespaces;
import io.yuntai.onboarding.namespace.ObservedNamespaces;
import io.yuntai.onboarding.namespace.ObservedNamespaces.Seen;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The namespaces of a system, and what they may beyond what every namespace may. */
@RestController
@RequestMapping("/api/v1/systems/{id}/namespaces")
@Tag(name = "namespaces")
class NamespaceController {

    private final Namespaces namespaces;
    private final ObservedNamespaces observed;
    private final Leases leases;
    private final Trial trial;

    NamespaceController(
            Namespaces namespaces, ObservedNamespaces observed, Leases leases, Trial trial) {
        this.leases = leases;
        this.namespaces = namespaces;
        this.observed = observed;
        this.trial = trial;
    }

    record NamespaceList(List<NamespaceView> items) {}

    /**
     * A namespace.
     *
     * @param enforced whether its lease is, so that people may work there
     * @param grants such as {@code node-ports}
     * @param reason why its cluster does not have all that it shall hold; null: it has
     * @param observed what its cluster last told of it; null: nothing yet
     * @param closing whether it was handed back, and its cluster has yet to let go of it
     * @param room what of it can be handed back
     */
    @Schema(name = "SystemNamespace")
    record NamespaceView(
            ClusterName cluster,
            NamespaceName namespace,
            PoolId pool,
            boolean enforced,
            List<String> grants,
            Optional<String> reason,
            Optional<ObservedView> observed,
            boolean closing,
            RoomView room) {

        static NamespaceView of(NamespaceEntry entry, @Nullable Seen seen, LeaseRoom room) {
            return new NamespaceView(
                    new ClusterName(entry.id().cluster()),
                    new NamespaceName(entry.id().namespace()),
                    entry.pool(),
                    entry.enforced(),
                    entry.grants().stream().map(Grant::code).sorted().toList(),
                    entry.refusal(),
                    Optional.ofNullable(seen).map(ObservedView::of),
                    room.lease().tenure() == Tenure.CLOSING,
                    new RoomView(room.entitled(), room.kept(), room.used(), room.free()));
        }
    }

    /**
     * In base units, launchers of hosts included.
     *
     * @param entitled the most that its lease grows to
     * @param kept of that what its hosts have
     * @param used what it was last seen to use
     * @param free what can be handed back
     */
    @Schema(name = "NamespaceRoom")
    record RoomView(Amounts entitled, Amounts kept, Amounts used, Amounts free) {}

    /**
     * What a cluster tells of a namespace.
     *
     * @param since since when it is in that phase
     * @param seenAt when it was last seen to be so
     * @param conditions why it is not gone yet where it is being deleted, in the cluster's words
     * @param warnings about what is in it, the latest first; kept for a day
     */
    @Schema(name = "ObservedNamespace")
    record ObservedView(
            ObservedNamespace.Phase phase,
            Instant since,
            Instant seenAt,
            List<String> conditions,
            List<WarningView> warnings) {

        static ObservedView of(Seen seen) {
            var observed = seen.observed();
            return new ObservedView(
                    observed.phase(),
                    seen.since(),
                    seen.seen(),
                    observed.conditions(),
                    observed.warnings().stream().map(WarningView::of).toList());
        }
    }

    /**
     * @param reason the cluster's word for it, such as {@code FailedCreate}
     * @param object what it is about, such as {@code ReplicaSet/web}
     * @param times how often it was said
     */
    @Schema(name = "NamespaceWarning")
    record WarningView(
            String reason,
            String object,
            String message,
            int times,
            Instant firstAt,
            Instant lastAt) {

        static WarningView of(ObservedNamespace.Warning warning) {
            return new WarningView(
                    warning.reason(),
                    warning.object(),
                    warning.message(),
                    warning.times(),
                    warning.first(),
                    warning.last());
        }
    }

    /**
     * All that the namespaces may beyond the guards, such as {@code node-ports}, and why; 1 to
     * 1,000 characters.
     */
    @Schema(name = "NamespaceGrants")
    record GrantsBody(Optional<List<String>> grants, Optional<String> reason) {

        Set<Grant> known() {
            var codes = grants.orElseThrow(() -> ApplicationBody.required("/grants"));
            var known = EnumSet.noneOf(Grant.class);
            var faults = new ArrayList<Fault>();
            for (int i = 0; i < codes.size(); i++) {
                String code = codes.get(i);
                var grant =
                        Arrays.stream(Grant.values())
                                .filter(one -> one.code().equals(code))
                                .findAny();
                if (grant.isPresent()) {
                    var _ = known.add(grant.get());
                } else {
                    faults.add(Fault.at("/grants/" + i, "NOT_READABLE"));
                }
            }
            if (!faults.isEmpty()) {
                throw Refused.invalid("INVALID", faults);
            }
            return known;
        }

        String why() {
            return Typed.line(reason, "/reason", NamespaceGrant.MAX_REASON);
        }
    }

    @GetMapping
    @Requires(Permission.NAMESPACE_READ)
    NamespaceList list(Actor actor, @PathVariable SystemId id) {
        return view(actor, id);
    }

    /**
     * Says all that the system's namespaces of a pool may do of what guards forbid. What a grant
     * that is taken back has let through stays, nothing new is let through.
     */
    @PutMapping("/{pool}/grants")
    @Requires(Permission.NAMESPACE_GRANT)
    @AuditAction(value = "namespace.grant", target = "system")
    NamespaceList grant(
            Actor actor,
            @PathVariable SystemId id,
            @PathVariable PoolId pool,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody GrantsBody body) {
        var grants = body.known();
        String why = body.why();
        return trial.run(
                validateOnly,
                () -> {
                    namespaces.grant(actor, id, pool, grants, why);
                    return view(actor, id);
                });
    }

    private NamespaceList view(Actor actor, SystemId id) {
        var entries = namespaces.list(actor, id);
        var seen = observed.of(id);
        var rooms =
                leases.rooms(id).stream()
                        .collect(Collectors.toMap(room -> room.lease().id(), Function.identity()));
        return new NamespaceList(
                entries.stream()
                        .flatMap(entry ->
                                Optional.ofNullable(rooms.get(entry.id()))
                                        .map(room ->
                                                NamespaceView.of(entry, seen.get(entry.id()), room))
                                        .stream())
                        .toList());
    }
}
