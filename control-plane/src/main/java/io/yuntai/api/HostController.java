package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostFilter;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/hosts")
@Tag(name = "hosts")
class HostController {

    private final Hosts hosts;

    HostController(Hosts hosts) {
        this.hosts = hosts;
    }

    record OfSystem(SystemId id, String name) {}

    record OfUnit(UnitId id, String name) {}

    record HostView(
            HostId id,
            String name,
            OfSystem system,
            OfUnit unit,
            PoolId pool,
            int vcpu,
            long memoryBytes,
            long diskBytes,
            String storageClass,
            Host.State state,
            Optional<String> reason,
            String cluster,
            String namespace,
            Optional<Instant> deliveredAt) {

        static HostView of(Host host) {
            return new HostView(
                    host.id(),
                    host.name(),
                    new OfSystem(host.system(), host.systemName()),
                    new OfUnit(host.unit(), host.unitName()),
                    host.pool(),
                    host.vcpu(),
                    host.memoryBytes(),
                    host.diskBytes(),
                    host.storageClass(),
                    host.state(),
                    Texts.filled(host.reason()),
                    host.cluster(),
                    host.namespace(),
                    host.deliveredAt());
        }
    }

    @GetMapping
    @Requires(Permission.HOST_READ)
    Page<HostView> list(
            Actor actor,
            PageQuery query,
            @RequestParam Optional<UnitId> unit,
            @RequestParam Optional<SystemId> system,
            @RequestParam Optional<Host.State> state) {
        return hosts.list(actor, query, new HostFilter(unit, system, state)).map(HostView::of);
    }
}
