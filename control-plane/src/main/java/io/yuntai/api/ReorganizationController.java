package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.reorganization.Answer;
import io.yuntai.onboarding.reorganization.Reorganization;
import io.yuntai.onboarding.reorganization.ReorganizationId;
import io.yuntai.onboarding.reorganization.Reorganizations;
import io.yuntai.onboarding.reorganization.Reorganized;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.OptionalInt;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the bureau rearranges: systems and units that move, units dissolved, pools split. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "reorganizations")
class ReorganizationController {

    private final Reorganizations reorganizations;
    private final Trial trial;

    ReorganizationController(Reorganizations reorganizations, Trial trial) {
        this.reorganizations = reorganizations;
        this.trial = trial;
    }

    /**
     * A reorganization that was asked for.
     *
     * @param subject what it is about, such as {@code system/0199…}
     * @param target where that comes, such as {@code unit/0199…}
     * @param at when it took effect
     * @param outcome DONE, or DENIED when there was no room and nothing has changed
     */
    record ReorganizationView(
            ReorganizationId id,
            long number,
            Reorganization.Kind kind,
            String subject,
            String target,
            String reason,
            String by,
            Instant at,
            Reorganized.Outcome outcome) {

        static ReorganizationView of(Reorganized one) {
            return new ReorganizationView(
                    one.id(),
                    one.number(),
                    one.kind(),
                    one.subject(),
                    one.target(),
                    one.reason(),
                    one.byName(),
                    one.at(),
                    one.outcome());
        }
    }

    /** A system comes to another unit, with its leases, locks, hosts and open applications. */
    @PutMapping("/systems/{system}/moves/{id}")
    @Requires(Permission.REORGANIZE)
    @AuditAction(value = "reorganization.systemMove", target = "system")
    ResponseEntity<ReorganizationView> move(
            Actor actor,
            @PathVariable SystemId system,
            @PathVariable ReorganizationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody SystemMoveBody body) {
        return carryOut(
                actor, id, body.of(system), OptionalInt.of(version.asInt()), body, validateOnly);
    }

    /** A unit comes to another region or becomes a part of another unit, with all it has. */
    @PutMapping("/units/{unit}/moves/{id}")
    @Requires(Permission.REORGANIZE)
    @AuditAction(value = "reorganization.unitMove", target = "unit")
    ResponseEntity<ReorganizationView> move(
            Actor actor,
            @PathVariable UnitId unit,
            @PathVariable ReorganizationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody UnitMoveBody body) {
        return carryOut(
                actor, id, body.of(unit), OptionalInt.of(version.asInt()), body, validateOnly);
    }

    /** A unit is no more; its systems, parts and quota are another's. */
    @PutMapping("/units/{unit}/dissolutions/{id}")
    @Requires(Permission.REORGANIZE)
    @AuditAction(value = "reorganization.dissolution", target = "unit")
    ResponseEntity<ReorganizationView> dissolve(
            Actor actor,
            @PathVariable UnitId unit,
            @PathVariable ReorganizationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody DissolutionBody body) {
        return carryOut(
                actor, id, body.of(unit), OptionalInt.of(version.asInt()), body, validateOnly);
    }

    /** Capacity and units of a pool come to one of the same processors in another zone. */
    @PutMapping("/pools/{pool}/splits/{id}")
    @Requires(Permission.REORGANIZE)
    @AuditAction(value = "reorganization.split", target = "pool")
    ResponseEntity<ReorganizationView> split(
            Actor actor,
            @PathVariable PoolId pool,
            @PathVariable ReorganizationId id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody SplitBody body) {
        return carryOut(actor, id, body.of(pool), OptionalInt.empty(), body, validateOnly);
    }

    @GetMapping("/reorganizations")
    @Requires(Permission.REORGANIZE)
    Page<ReorganizationView> list(PageQuery query) {
        return reorganizations.list(query).map(ReorganizationView::of);
    }

    @GetMapping("/reorganizations/{id}")
    @Requires(Permission.REORGANIZE)
    ReorganizationView get(@PathVariable ReorganizationId id) {
        return ReorganizationView.of(reorganizations.get(id));
    }

    private ResponseEntity<ReorganizationView> carryOut(
            Actor actor,
            ReorganizationId id,
            Reorganization what,
            OptionalInt version,
            ReorganizationBody body,
            boolean validateOnly) {
        return switch (trial.run(
                validateOnly,
                () -> reorganizations.carryOut(actor, id, what, version, body.text()))) {
            case Answer.NoRoom refused -> throw QuotaShort.of(refused);
            case Answer.Done(var done, boolean repeated) ->
                    ResponseEntity.status(
                                    repeated || validateOnly ? HttpStatus.OK : HttpStatus.CREATED)
                            .body(ReorganizationView.of(done));
        };
    }
}
