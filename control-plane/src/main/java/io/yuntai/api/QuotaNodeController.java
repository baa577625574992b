package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.kubernetes.ResourceTable;
import io.yuntai.onboarding.ledger.QuotaLimits;
import io.yuntai.onboarding.ledger.QuotaNode;
import io.yuntai.onboarding.ledger.QuotaNodeFilter;
import io.yuntai.onboarding.ledger.QuotaNodes;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The quota tree: its nodes, and what they may take. */
@RestController
@RequestMapping("/api/v1/quota")
@Tag(name = "quota")
class QuotaNodeController {

    private final QuotaNodes nodes;
    private final QuotaLimits limits;
    private final ResourceTable table;
    private final Trial trial;

    QuotaNodeController(QuotaNodes nodes, QuotaLimits limits, ResourceTable table, Trial trial) {
        this.table = table;
        this.nodes = nodes;
        this.limits = limits;
        this.trial = trial;
    }

    /**
     * A node and what is above it.
     *
     * @param path from the highest level that the caller may see down to the node itself
     */
    record NodeOnPath(QuotaNodeView node, List<QuotaNodeView> path) {

        static NodeOnPath of(List<QuotaNode> path) {
            var views = path.stream().map(QuotaNodeView::of).toList();
            return new NodeOnPath(views.getLast(), views);
        }
    }

    record NodesOf(List<QuotaNodeView> items) {}

    @Schema(name = "QuotaResources")
    record ResourceList(List<ResourceTable.Line> items) {}

    /** What quota can be counted in, by code; storage has a resource of its own for each class. */
    @GetMapping("/resources")
    @Requires(Permission.QUOTA_READ)
    ResourceList resources() {
        return new ResourceList(table.lines());
    }

    /**
     * The nodes right below one, or the highest that the caller may see; with {@code deep} all that
     * is below. Amounts are sorted by those of {@code resource}.
     */
    @GetMapping("/nodes")
    @Requires(Permission.QUOTA_READ)
    Page<QuotaNodeView> list(
            Actor actor,
            PageQuery query,
            @RequestParam Optional<PoolId> pool,
            @RequestParam Optional<NodeId> parent,
            @RequestParam(defaultValue = "false") boolean deep,
            @RequestParam(defaultValue = "cpuMillis") Resource resource) {
        return nodes.list(actor, new QuotaNodeFilter(pool, parent, deep, resource), query)
                .map(QuotaNodeView::of);
    }

    @GetMapping("/nodes/{id}")
    @Requires(Permission.QUOTA_READ)
    ResponseEntity<NodeOnPath> get(Actor actor, @PathVariable NodeId id) {
        return answer(nodes.path(actor, id));
    }

    /** The nodes of a unit, one a pool that it has quota in. */
    @GetMapping("/units/{unit}/nodes")
    @Requires(Permission.QUOTA_READ)
    NodesOf ofUnit(Actor actor, @PathVariable UnitId unit) {
        return new NodesOf(nodes.of(actor, unit.value()).stream().map(QuotaNodeView::of).toList());
    }

    /** The nodes of a system, one a pool that it holds something in. */
    @GetMapping("/systems/{system}/nodes")
    @Requires(Permission.QUOTA_READ)
    NodesOf ofSystem(Actor actor, @PathVariable SystemId system) {
        return new NodesOf(
                nodes.of(actor, system.value()).stream().map(QuotaNodeView::of).toList());
    }

    /**
     * Gives a node limits. A ceiling may be lowered to what is handed out, and no further; a
     * promise must fit into what the levels above have left. The same id with the same content is
     * answered as the first time.
     *
     * @param change made by the caller
     */
    @PutMapping("/nodes/{id}/limits/{change}")
    @Requires(Permission.QUOTA_LIMIT)
    @AuditAction(value = "quota.limit", target = "quotaNode")
    ResponseEntity<NodeOnPath> limit(
            Actor actor,
            @PathVariable NodeId id,
            @PathVariable TransferId change,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody LimitsBody body) {
        var asked = body.of(nodes.get(actor, id).ref().kind(), table);
        return switch (trial.run(
                validateOnly, () -> limits.set(actor, change, id, version.value(), asked))) {
            case QuotaLimits.Outcome.Denied denied -> throw QuotaShort.of(denied);
            case QuotaLimits.Outcome.Changed(var path) -> answer(path);
        };
    }

    private static ResponseEntity<NodeOnPath> answer(List<QuotaNode> path) {
        return ResponseEntity.ok()
                .eTag(new Version(path.getLast().limitsVersion()).etag())
                .body(NodeOnPath.of(path));
    }
}
