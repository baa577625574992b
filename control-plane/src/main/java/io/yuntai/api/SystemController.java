package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.region.Zone;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemEntry;
import io.yuntai.onboarding.system.SystemFilter;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/systems")
@Tag(name = "register")
class SystemController {

    private final Systems systems;

    SystemController(Systems systems) {
        this.systems = systems;
    }

    record OfUnit(UnitId id, String name) {}

    /** A business system and the unit that owns it today. */
    record SystemView(
            SystemId id,
            SystemCode code,
            String name,
            OfUnit unit,
            Zone zone,
            boolean xinchuangRequired,
            int mlpsLevel,
            Optional<String> mlpsFiling,
            Optional<String> builder) {

        static SystemView of(SystemEntry entry) {
            var system = entry.system();
            return new SystemView(
                    system.id(),
                    system.code(),
                    system.name(),
                    new OfUnit(system.owner(), entry.unitName()),
                    system.zone(),
                    system.xinchuangRequired(),
                    system.mlpsLevel(),
                    Texts.filled(system.mlpsFiling()),
                    Texts.filled(system.builder()));
        }
    }

    @GetMapping
    @Requires(Permission.REGISTER_READ)
    Page<SystemView> list(
            Actor actor,
            PageQuery query,
            @RequestParam Optional<UnitId> unit,
            @RequestParam Optional<Zone> zone) {
        return systems.list(actor, query, new SystemFilter(unit, zone)).map(SystemView::of);
    }

    @GetMapping("/{id}")
    @Requires(Permission.REGISTER_READ)
    ResponseEntity<SystemView> get(Actor actor, @PathVariable SystemId id) {
        var entry = systems.get(actor, id);
        return ResponseEntity.ok()
                .eTag(new Version(entry.version()).etag())
                .body(SystemView.of(entry));
    }
}
