package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.ledger.Level;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.region.Zone;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.quota.Resource;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "quota")
class PoolController {

    private final QuotaViews quota;
    private final Systems systems;

    PoolController(QuotaViews quota, Systems systems) {
        this.quota = quota;
        this.systems = systems;
    }

    record Pools(List<OfPool> items) {}

    record OfPool(
            PoolId id, Zone zone, ProcessorFamily processor, NodeRef node, List<PoolRow> rows) {}

    /** In base units; {@code free} is neither committed nor locked. */
    record PoolRow(Resource resource, long capacity, long committed, long locked, long free) {}

    record Path(List<PathLevel> path) {}

    record PathLevel(NodeRef node, List<PathRow> rows) {}

    record PathRow(
            Resource resource,
            long guaranteed,
            OptionalLong ceiling,
            long committed,
            long locked,
            OptionalLong free) {}

    /** How full each pool is: everybody may know, so that nobody asks for what is not there. */
    @GetMapping("/pools")
    @Requires(Permission.POOL_READ)
    Pools pools() {
        return new Pools(
                quota.pools().entrySet().stream()
                        .map(entry ->
                                new OfPool(
                                        entry.getKey(),
                                        entry.getKey().zone(),
                                        entry.getKey().processor(),
                                        entry.getValue().node(),
                                        entry.getValue().rows().stream()
                                                .map(PoolController::poolRow)
                                                .toList()))
                        .toList());
    }

    /** The levels above a system in one pool, from the pool down. */
    @GetMapping("/systems/{id}/quota")
    @Requires(Permission.REGISTER_READ)
    Path path(Actor actor, @PathVariable SystemId id, @RequestParam PoolId pool) {
        var system = systems.get(actor, id).system();
        return new Path(
                quota.path(pool, system.id()).stream()
                        .map(level ->
                                new PathLevel(
                                        level.node(),
                                        level.rows().stream()
                                                .map(PoolController::pathRow)
                                                .toList()))
                        .toList());
    }

    private static PoolRow poolRow(Level.Row row) {
        return new PoolRow(
                row.resource(),
                row.ceiling().orElse(0),
                row.committed(),
                row.locked(),
                row.free().orElse(0));
    }

    private static PathRow pathRow(Level.Row row) {
        return new PathRow(
                row.resource(),
                row.guaranteed(),
                row.ceiling(),
                row.committed(),
                row.locked(),
                row.free());
    }
}
