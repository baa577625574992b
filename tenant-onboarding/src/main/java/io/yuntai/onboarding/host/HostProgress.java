package io.yuntai.onboarding.host;

import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.ledger.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The steps of hosts' lives that the control plane itself takes, for it has seen something on their
 * clusters. Whoever was overtaken by a person, or by another of us, changes nothing.
 */
@Service
@Transactional
public class HostProgress {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HostStore hosts;
    private final HostLifeStore store;
    private final HostEscrow escrow;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    HostProgress(
            HostStore hosts,
            HostLifeStore store,
            HostEscrow escrow,
            Ledger ledger,
            ApplicationEventPublisher events,
            Clock clock) {
        this.hosts = hosts;
        this.store = store;
        this.escrow = escrow;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /** Hosts run for the first time. */
    void delivered(List<Host> seen, Instant at) {
        for (var host : seen) {
            take(host, HostLife.Command.DELIVER, at);
        }
    }

    /** The cluster shows all that was asked of a host. */
    public void settled(Host host) {
        ledger.holdShape();
        store.lock(List.of(host.id()));
        var command =
                !host.plan().running()
                        ? HostLife.Command.SETTLE_STOPPED
                        : host.plan().confirmed()
                                ? HostLife.Command.SETTLE_IN_USE
                                : HostLife.Command.SETTLE_ON_TRIAL;
        hosts.find(host.id())
                .filter(now -> now.plan().equals(host.plan()))
                .ifPresent(now -> take(now, command, clock.instant()));
    }

    /**
     * Hosts that never came up are wanted no more: their cluster is to delete what there is.
     *
     * @return those of them that never did
     */
    List<Host> givenUp(List<Host> hosts, Instant at) {
        var never = new ArrayList<Host>();
        for (var host : hosts) {
            HostLife.edge(host.plan().life(), HostLife.Command.GIVE_UP)
                    .filter(edge -> edge.to() == HostLife.State.DESTROYING)
                    .filter(edge ->
                            store.advance(host, edge, "running = false, given_up = true", Map.of()))
                    .ifPresent(edge -> {
                        note(host, edge, at);
                        never.add(host);
                    });
        }
        return never;
    }

    /**
     * An instance is to be ended for a restart that was asked for.
     *
     * @return the one that was noted first for it, by whoever of us; empty: there was none
     */
    public String ending(Host host, String instance) {
        return host.plan().restarts().ended().isEmpty()
                ? store.ending(host.id(), host.plan().restarts().asked(), instance)
                : host.plan().restarts().ended();
    }

    /**
     * The machine of a host is about to be made, or to be written, so.
     *
     * @return whether that is kept now; false: somebody else has noted otherwise since
     */
    public boolean making(Host host, HostMade as) {
        return store.making(host.id(), host.plan().made(), as);
    }

    /** A restart that was asked for was done; one that was asked for since is left to do. */
    public void restarted(Host host) {
        store.restarted(host.id(), host.plan().restarts().asked());
    }

    /**
     * A system disk is to be made anew.
     *
     * @return the disk that was noted first for it, by whoever of us
     */
    public String rebuilding(Host host, String disk) {
        return host.plan().rebuilds().ended().isEmpty()
                ? store.rebuilding(host.id(), host.plan().rebuilds().asked(), disk)
                : host.plan().rebuilds().ended();
    }

    /** Of disks that were given up nothing is there any more. */
    public void cleared(Host host) {
        store.forgetGivenUp(host.id(), host.plan().givenUp());
    }

    /** A system disk that was to be made anew was. */
    public void rebuilt(Host host) {
        store.rebuilt(host.id(), host.plan().rebuilds().asked());
    }

    /**
     * A host that was to be destroyed is gone: what it held is given back, and a certificate says
     * so.
     */
    public void vanished(Host host) {
        ledger.holdShape();
        store.lock(List.of(host.id()));
        var now = clock.instant();
        hosts.find(host.id())
                .filter(found -> found.plan().life() == HostLife.State.DESTROYING)
                .ifPresent(found -> {
                    take(found, HostLife.Command.VANISH, now);
                    var held =
                            found.plan().holdsCompute()
                                    ? escrow.compute(found).with(found.kept())
                                    : escrow.only(found.kept());
                    escrow.giveBack(found, held);
                    String content = JSON.writeValueAsString(content(found, now));
                    store.certify(found.id(), now, content, CloudInit.digest(content));
                    store.gone(found.id());
                    events.publishEvent(new HostDestroyed(found.id(), now));
                });
    }

    private void take(Host host, HostLife.Command command, Instant at) {
        HostLife.edge(host.plan().life(), command)
                .filter(edge -> store.advance(host, edge))
                .ifPresent(edge -> note(host, edge, at));
    }

    private void note(Host host, HostLife.Edge edge, Instant at) {
        store.insertStep(host, edge, Optional.empty(), "", at);
        hosts.changed(List.of(host.id()), at);
        events.publishEvent(
                new Audited(
                        at,
                        Optional.empty(),
                        edge.command().action(),
                        "host/" + host.id(),
                        Audited.Outcome.SUCCESS,
                        ""));
    }

    private Map<String, Object> content(Host host, Instant at) {
        var content = new LinkedHashMap<String, Object>();
        content.put("host", host.id().toString());
        content.put("name", host.name());
        content.put("unit", Map.of("code", host.unitCode(), "name", host.unitName()));
        content.put("system", Map.of("code", host.systemCode(), "name", host.systemName()));
        content.put("cluster", host.cluster());
        content.put("namespace", host.namespace());
        content.put("vcpu", host.vcpu());
        content.put("memoryBytes", host.memoryBytes());
        content.put("systemDisk", disk(host.diskBytes(), host.storageClass()));
        content.put(
                "dataDisks",
                host.plan().disks().stream()
                        .map(disk -> disk(disk.bytes(), disk.storageClass()))
                        .toList());
        content.put("userDataDigest", CloudInit.digest(host.plan().setup().login().userData()));
        content.put("deliveredAt", host.deliveredAt().map(Instant::toString).orElse(""));
        content.put("steps", store.steps(host.id()).stream().map(HostProgress::step).toList());
        content.put("destroyedAt", at.toString());
        return content;
    }

    private static Map<String, Object> disk(long bytes, String storageClass) {
        var disk = new LinkedHashMap<String, Object>();
        disk.put("bytes", bytes);
        disk.put("storageClass", storageClass);
        return disk;
    }

    private static Map<String, Object> step(HostStep step) {
        var said = new LinkedHashMap<String, Object>();
        said.put("at", step.at().toString());
        said.put("command", step.command().name());
        said.put("by", step.by().map(HostStep.By::name).orElse(""));
        said.put("note", step.note());
        return said;
    }
}
