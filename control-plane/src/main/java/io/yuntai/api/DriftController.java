package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.namespace.Drift;
import io.yuntai.onboarding.namespace.DriftEntry;
import io.yuntai.onboarding.namespace.DriftFilter;
import io.yuntai.onboarding.namespace.Drifts;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was changed by hand on the clusters, and what was done about it. */
@RestController
@RequestMapping("/api/v1/drifts")
@Tag(name = "namespaces")
class DriftController {

    private final Drifts drifts;

    DriftController(Drifts drifts) {
        this.drifts = drifts;
    }

    @Schema(name = "DriftedSystem")
    record OfSystem(SystemId id, String name) {}

    /**
     * A change that somebody made by hand.
     *
     * @param kind of the object, such as {@code NetworkPolicy}
     * @param field a JSON pointer into the object; null: the whole of it
     * @param before as it was found; {@code -}: not there
     * @param after as it is now, or should be; {@code -}: not there
     */
    @Schema(name = "Drift")
    record DriftView(
            long id,
            Instant at,
            ClusterName cluster,
            NamespaceName namespace,
            OfSystem system,
            String kind,
            String name,
            Optional<String> field,
            String before,
            String after,
            Drift.Action action) {

        static DriftView of(DriftEntry entry) {
            var drift = entry.drift();
            return new DriftView(
                    entry.id(),
                    drift.at(),
                    new ClusterName(drift.where().cluster()),
                    new NamespaceName(drift.where().namespace()),
                    new OfSystem(entry.system(), entry.systemName()),
                    drift.kind(),
                    drift.name(),
                    Texts.filled(drift.field()),
                    drift.before(),
                    drift.after(),
                    drift.action());
        }
    }

    /**
     * The latest first, unless {@code at}, {@code system} or {@code object} says otherwise; {@code
     * q} finds names of systems, namespaces and objects.
     *
     * @param kind of the object, such as {@code NetworkPolicy}
     * @param from found then or later
     * @param until found before
     */
    @GetMapping
    @Requires(Permission.NAMESPACE_READ)
    Page<DriftView> list(
            Actor actor,
            PageQuery query,
            @RequestParam Optional<ClusterName> cluster,
            @RequestParam Optional<SystemId> system,
            @RequestParam Optional<String> kind,
            @RequestParam Optional<Drift.Action> action,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> until) {
        return drifts.list(
                        actor,
                        query,
                        new DriftFilter(
                                cluster.map(ClusterName::value),
                                system,
                                kind.filter(DomainJson::isKeepable),
                                action,
                                from,
                                until))
                .map(DriftView::of);
    }
}
