package io.yuntai.onboarding.host;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.ledger.Ledger;
import io.yuntai.onboarding.ledger.RoomRefused;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.rules.RulesInForce;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import io.yuntai.quota.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people ask of hosts. Each command is one transaction: the step, the quota and the audit
 * stand or fall together; the reconciler does the rest, and may die at any point of it.
 */
@Service
@Transactional
public class HostCommands {

    /** So many hosts can be started at once. */
    public static final int MOST_AT_ONCE = 200;

    /** Once more; which instance that ends is not known yet. */
    private static final String RESTART = "restarts = restarts + 1, restart_of = ''";

    private static final String RESTORED =
            "recycled_at = null, recycled_by = null, recycled_for_application = null, "
                    + "recycled_for_reclaim = null, destruction_proposed_by = null";

    private static final long GIB = 1L << 30;

    private final HostStore hosts;
    private final HostLifeStore store;
    private final HostEscrow escrow;
    private final Ledger ledger;
    private final Protection protection;
    private final HostProperties properties;
    private final RulesInForce rules;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    HostCommands(
            HostStore hosts,
            HostLifeStore store,
            HostEscrow escrow,
            Ledger ledger,
            Protection protection,
            HostProperties properties,
            RulesInForce rules,
            ApplicationEventPublisher events,
            Clock clock) {
        this.hosts = hosts;
        this.store = store;
        this.escrow = escrow;
        this.ledger = ledger;
        this.protection = protection;
        this.properties = properties;
        this.rules = rules;
        this.events = events;
        this.clock = clock;
    }

    /** What became of a command. */
    public sealed interface Said {

        /** It is taken. */
        record Taken(Host host) implements Said {}

        /**
         * There is no quota for it, and nothing has changed. The refusal is kept, and those who
         * hold idle room there are asked for it.
         */
        record NoRoom(List<Shortfall> shortfalls) implements Said {
            public NoRoom {
                shortfalls = List.copyOf(shortfalls);
            }
        }
    }

    /** What became of one host of many. */
    public sealed interface Started {
        HostId host();

        /** It will run. */
        record Granted(HostId host) implements Started {}

        /** There is no quota for it; the host itself says so, too. */
        record NoQuota(HostId host, List<Shortfall> shortfalls) implements Started {
            public NoQuota {
                shortfalls = List.copyOf(shortfalls);
            }
        }

        /** Something else is against it; the code says what. */
        record Unable(HostId host, String code) implements Started {}
    }

    /**
     * Takes a command. The same id with the same content gives the host as it is now, unless there
     * was no room for it: then it is looked for anew.
     *
     * @param version the host's, as the caller saw it
     * @throws Refused NOT_FOUND {@code HOST_NOT_FOUND}, also for another tenant's; STALE {@code
     *     STALE_VERSION}; FORBIDDEN {@code SEPARATION_OF_DUTIES}, {@code APPLICATION_REQUIRED} for
     *     what makes it larger; CONFLICT {@code ID_REUSED}, {@code ILLEGAL_TRANSITION}, {@code
     *     SAME_SIZE}, {@code TOO_MANY_DISKS}, {@code HOST_ADOPTED} for a disk or a rebuild of one
     *     that was taken over, {@code HOST_SIZE_NOT_WRITTEN}, {@code TERM_ENDED}, {@code
     *     PROTECTION_PERIOD}, {@code STILL_RESTORABLE}, {@code NOT_RESTORABLE}, {@code
     *     DESTRUCTION_NOT_PROPOSED}, {@code CLUSTER_FENCED}, {@code LEDGER_LEARNING}
     */
    public Said say(Actor actor, HostId id, HostCommandId command, int version, HostCommand what) {
        ledger.holdShape();
        store.lock(List.of(id));
        var host = visible(actor, id);
        if (isRepeated(command, id, what)) {
            return new Said.Taken(host);
        }
        if (host.plan().version() != version) {
            throw Refused.stale("STALE_VERSION");
        }
        var shortfalls = take(actor, host, command, what);
        if (!shortfalls.isEmpty()) {
            events.publishEvent(new RoomRefused(shortfalls));
            return new Said.NoRoom(shortfalls);
        }
        return new Said.Taken(hosts.find(id).orElseThrow());
    }

    /**
     * Starts hosts one after the other: exactly as many as there is quota for, in the order given.
     * Each of the others keeps the reason, and those who hold idle room there are asked for it. The
     * same id with the same hosts starts none twice.
     *
     * @param ids at most {@value #MOST_AT_ONCE}
     * @throws Refused NOT_FOUND {@code HOST_NOT_FOUND}; CONFLICT {@code LEDGER_LEARNING}
     */
    public List<Started> start(Actor actor, HostCommandId batch, List<HostId> ids) {
        var distinct = new LinkedHashSet<>(ids);
        if (distinct.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException(ids.size() + " hosts at once");
        }
        ledger.holdShape();
        store.lock(distinct);
        var found = distinct.stream().map(id -> visible(actor, id)).toList();
        escrow.hold(found);
        var started =
                found.stream().map(host -> start(actor, host, one(batch, host.id()))).toList();
        var missing = shortfalls(started);
        if (!missing.isEmpty()) {
            events.publishEvent(new RoomRefused(missing));
        }
        return started;
    }

    /** Of all that were refused, once for each level and resource. */
    private static List<Shortfall> shortfalls(List<Started> started) {
        var first = new LinkedHashMap<Standing.Key, Shortfall>();
        for (var one : started) {
            if (one instanceof Started.NoQuota refused) {
                refused.shortfalls()
                        .forEach(shortfall -> first.putIfAbsent(shortfall.key(), shortfall));
            }
        }
        return List.copyOf(first.values());
    }

    private Started start(Actor actor, Host host, HostCommandId command) {
        var what = new HostCommand.Start();
        if (isRepeated(command, host.id(), what)) {
            return new Started.Granted(host.id());
        }
        if (HostLife.edge(host.plan().life(), what.kind()).isEmpty()) {
            return new Started.Unable(host.id(), "ILLEGAL_TRANSITION");
        }
        if (isEnded(host)) {
            return new Started.Unable(host.id(), "TERM_ENDED");
        }
        var shortfalls = take(actor, host, command, what);
        if (shortfalls.isEmpty()) {
            return new Started.Granted(host.id());
        }
        store.refuse(host.id(), HostRefusal.of(shortfalls.getFirst()).text());
        hosts.changed(List.of(host.id()), clock.instant());
        audit(
                clock.instant(),
                Optional.of(actor),
                host,
                what.kind(),
                Audited.Outcome.FAILURE,
                note(what));
        return new Started.NoQuota(host.id(), shortfalls);
    }

    private static HostCommandId one(HostCommandId batch, HostId host) {
        return new HostCommandId(named("start" + batch + host));
    }

    private static UUID named(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isRepeated(HostCommandId id, HostId host, HostCommand what) {
        var before = store.said(id);
        if (before.isPresent()
                && !before.get().equals(new HostLifeStore.Said(host, what.toString()))) {
            throw Refused.conflict("ID_REUSED");
        }
        return before.isPresent();
    }

    private Host visible(Actor actor, HostId id) {
        return hosts.find(id)
                .filter(host -> actor.sees(host.unit()))
                .orElseThrow(() -> Refused.notFound("HOST_NOT_FOUND"));
    }

    /** Everything that may forbid it is asked here; nothing has changed when something is short. */
    private List<Shortfall> take(Actor actor, Host host, HostCommandId id, HostCommand what) {
        var now = clock.instant();
        var edge =
                HostLife.edge(host.plan().life(), what.kind())
                        .orElseThrow(() -> Refused.conflict("ILLEGAL_TRANSITION"));
        if (edge.command() == HostLife.Command.DESTROY
                && store.hadPart(host.id(), actor.person())) {
            throw Refused.forbidden("SEPARATION_OF_DUTIES");
        }
        if (enlarges(host, what) && !mayEnlarge(actor)) {
            throw Refused.forbidden("APPLICATION_REQUIRED");
        }
        var change = change(actor, host, what, now);
        var payment = unused(new TransferId(HostGrowth.payment(id.value())));
        var shortfalls = escrow.pay(host, change.more(), payment, now);
        if (!shortfalls.isEmpty()) {
            return shortfalls;
        }
        store.say(id, host.id(), what, payment, actor.person(), now);
        if (!follow(host, edge, change, new Step(actor.person(), Optional.of(actor), note(what)))) {
            throw Refused.stale("STALE_VERSION");
        }
        return List.of();
    }

    /** The answer to the first may have been that there is no room, and always will be. */
    private TransferId unused(TransferId first) {
        return ledger.wasDenied(first) ? new TransferId(UuidCreator.getTimeOrderedEpoch()) : first;
    }

    /**
     * Whether it asks for more than the host was granted, also for one that is stopped and charged
     * for its disks alone. What was taken over may be rounded up to whole GiB: only so can it be
     * applied for.
     */
    private static boolean enlarges(Host host, HostCommand what) {
        return switch (what) {
            case HostCommand.Resize(int vcpu, long memory, var _) ->
                    vcpu > host.vcpu() || memory - host.memoryBytes() >= GIB;
            case HostCommand.AddDisk _ -> true;
            case HostCommand.Start _, HostCommand.Stop _, HostCommand.Restart _ -> false;
            case HostCommand.Rebuild _, HostCommand.Recycle _ -> false;
            case HostCommand.Restore _, HostCommand.ProposeDestruction _ -> false;
            case HostCommand.Destroy _ -> false;
        };
    }

    /** Whether somebody may make hosts larger without an application. */
    public boolean mayEnlarge(Actor actor) {
        return properties.directGrowth() == HostProperties.DirectGrowth.PLATFORM
                && actor.confinedTo().isEmpty();
    }

    /**
     * Who takes a step, and what is noted of it.
     *
     * @param by whose step it is
     * @param actor whom the audit names; empty: the control plane, which carries out what others
     *     have approved
     */
    record Step(PersonId by, Optional<Actor> actor, String note) {}

    /**
     * Takes an edge that was paid for, with all that follows from it.
     *
     * @return false when the host is no longer what it was: nothing has changed then
     */
    boolean follow(Host host, HostLife.Edge edge, Change change, Step step) {
        return follow(host, edge, change, Optional.of(step.by()), step.actor(), step.note());
    }

    /** Its term has ended: the control plane itself stops it. */
    boolean expire(Host host, HostLife.Edge edge) {
        return follow(
                host, edge, halted(host, "", Map.of()), Optional.empty(), Optional.empty(), "");
    }

    /** It ended a while ago: the control plane itself moves it to the recycle bin. */
    boolean retire(Host host, HostLife.Edge edge) {
        var at = Map.<String, Object>of("now", clock.instant().atOffset(ZoneOffset.UTC));
        var change = halted(host, "recycled_at = :now", at);
        return follow(host, edge, change, Optional.empty(), Optional.empty(), "");
    }

    /** Whether it may not be started, for its term or its trial is over. */
    public boolean isEnded(Host host) {
        return host.end(rules.now().hosts())
                .filter(end -> !clock.instant().isBefore(end))
                .isPresent();
    }

    private boolean follow(
            Host host,
            HostLife.Edge edge,
            Change change,
            Optional<PersonId> by,
            Optional<Actor> actor,
            String note) {
        var now = clock.instant();
        if (!store.advance(host, edge, change.set(), change.params())) {
            return false;
        }
        change.disk().ifPresent(disk -> store.addDisk(host.id(), disk));
        change.kept().ifPresent(kept -> store.keepAs(host.id(), kept));
        escrow.giveBack(host, change.less());
        store.insertStep(host, edge, by, note, now);
        hosts.changed(List.of(host.id()), now);
        audit(now, actor, host, edge.command(), Audited.Outcome.SUCCESS, note);
        if (host.deliveredAt().isPresent()) {
            announce(hosts.find(host.id()).orElseThrow(), edge.command(), now);
        }
        events.publishEvent(new HostWanted(host.system()));
        return true;
    }

    /** What the meter is to know of it at once; all else it learns when the cluster shows it. */
    private void announce(Host host, HostLife.Command command, Instant now) {
        switch (command) {
            case RESIZE, ADD_DISK, GIVE_UP ->
                    events.publishEvent(new HostsResized(List.of(host), now));
            case STOP, EXPIRE -> announceStop(host, now);
            case RECYCLE, RETIRE -> {
                announceStop(host, now);
                events.publishEvent(new HostRecycled(host, now));
            }
            case RESTORE -> events.publishEvent(new HostRestored(host, now));
            case DELIVER, CONFIRM, START, RESTART, REBUILD -> {}
            case PROPOSE_DESTRUCTION, DESTROY -> {}
            case SETTLE_IN_USE, SETTLE_ON_TRIAL, SETTLE_STOPPED, VANISH -> {}
        }
    }

    /** One whose guest was shut down before: the cluster will show nothing new of it. */
    private void announceStop(Host host, Instant now) {
        if (host.state() == Host.State.STOPPED) {
            events.publishEvent(new HostStopped(host.id(), now));
        }
    }

    /**
     * What a command changes.
     *
     * @param set columns of the host, with named parameters
     * @param more to be paid first
     * @param less given back after
     * @param disk one more
     * @param kept how a machine of others reads from now on
     */
    record Change(
            String set,
            Map<String, Object> params,
            HostEscrow.Compute more,
            HostEscrow.Compute less,
            Optional<DataDisk> disk,
            Optional<HostKept> kept) {

        Change(
                String set,
                Map<String, Object> params,
                HostEscrow.Compute more,
                HostEscrow.Compute less) {
            this(set, params, more, less, Optional.empty(), Optional.empty());
        }
    }

    private Change change(Actor actor, Host host, HostCommand what, Instant now) {
        var nothing = escrow.only(Amounts.NONE);
        var none = Map.<String, Object>of();
        return switch (what) {
            case HostCommand.Start() -> {
                if (isEnded(host)) {
                    throw Refused.conflict("TERM_ENDED");
                }
                yield started(host);
            }
            case HostCommand.Stop() -> halted(host, "", none);
            case HostCommand.Restart() -> new Change(RESTART, none, nothing, nothing);
            case HostCommand.Resize resize -> resized(host, resize);
            case HostCommand.AddDisk disk -> diskAdded(host, disk);
            case HostCommand.Rebuild() -> {
                requireOurs(host);
                yield new Change(
                        "rebuilds = rebuilds + 1, rebuild_of = ''", none, nothing, nothing);
            }
            case HostCommand.Recycle _ -> recycled(host, actor.person(), Optional.empty());
            case HostCommand.Restore() -> {
                if (now.isAfter(restorableUntil(host))) {
                    throw Refused.conflict("NOT_RESTORABLE");
                }
                yield new Change(RESTORED, none, nothing, nothing);
            }
            case HostCommand.ProposeDestruction _ -> {
                requireRestorableNoMore(host, now);
                if (!needsProposal(host)) {
                    throw Refused.conflict("ILLEGAL_TRANSITION");
                }
                yield new Change(
                        "destruction_proposed_by = :person",
                        Map.of("person", actor.person().value()),
                        nothing,
                        nothing);
            }
            case HostCommand.Destroy _ -> {
                requireRestorableNoMore(host, now);
                if (needsProposal(host)) {
                    throw Refused.conflict("DESTRUCTION_NOT_PROPOSED");
                }
                if (protection.isOn(now)) {
                    throw Refused.conflict("PROTECTION_PERIOD");
                }
                yield new Change(
                        "destroyed_by = :person",
                        Map.of("person", actor.person().value()),
                        nothing,
                        nothing);
            }
        };
    }

    /** It shall run; its processors are charged again if they are not. */
    Change started(Host host) {
        return new Change(
                "running = true, holds_compute = true, refusal = ''",
                Map.of(),
                host.plan().holdsCompute() ? escrow.only(Amounts.NONE) : escrow.compute(host),
                escrow.only(Amounts.NONE));
    }

    /** What others have made is kept as it is made: we know too little of it to make it anew. */
    private static void requireOurs(Host host) {
        if (host.plan().setup().kept().isPresent()) {
            throw Refused.conflict("HOST_ADOPTED");
        }
    }

    /** Until when a host in the recycle bin can be restored. */
    public Instant restorableUntil(Host host) {
        return host.plan().recycled().orElseThrow().at().plus(rules.now().hosts().recycleBin());
    }

    private void requireRestorableNoMore(Host host, Instant now) {
        if (now.isBefore(restorableUntil(host))) {
            throw Refused.conflict("STILL_RESTORABLE");
        }
    }

    private static boolean needsProposal(Host host) {
        return host.plan().recycled().filter(Host.Recycled::needsProposal).isPresent();
    }

    /**
     * It goes to the recycle bin.
     *
     * @param cause what has ordered it, whose people have a part in it; empty: who moves it there
     */
    Change recycled(Host host, PersonId by, Optional<OrderedChanges.Cause> cause) {
        var params = new HashMap<String, Object>();
        params.put("now", clock.instant().atOffset(ZoneOffset.UTC));
        params.put("person", by.value());
        cause.ifPresent(of -> params.put("cause", of.id()));
        return halted(
                host,
                "recycled_at = :now, recycled_by = :person"
                        + cause.map(of ->
                                        switch (of) {
                                            case OrderedChanges.Cause.Application _ ->
                                                    ", recycled_for_application = :cause";
                                            case OrderedChanges.Cause.Reclaim _ ->
                                                    ", recycled_for_reclaim = :cause";
                                        })
                                .orElse(""),
                params);
    }

    /** It shall not run; whether others may have its processors, the policy says. */
    private Change halted(Host host, String set, Map<String, Object> params) {
        boolean gives =
                properties.stopped() == HostProperties.Stopped.KEEPS_DISKS
                        && host.plan().holdsCompute();
        String halted = "running = false" + (gives ? ", holds_compute = false" : "");
        return new Change(
                set.isEmpty() ? halted : halted + ", " + set,
                params,
                escrow.only(Amounts.NONE),
                gives ? escrow.compute(host) : escrow.only(Amounts.NONE));
    }

    Change resized(Host host, HostCommand.Resize resize) {
        if (host.vcpu() == resize.vcpu()
                && host.memoryBytes() == resize.memoryBytes()
                && resize.size().equals(host.plan().setup().size())) {
            throw Refused.conflict("SAME_SIZE");
        }
        var kept =
                host.plan()
                        .setup()
                        .kept()
                        .map(as ->
                                as.sized(host, resize.vcpu(), resize.memoryBytes())
                                        .orElseThrow(
                                                () -> Refused.conflict("HOST_SIZE_NOT_WRITTEN")));
        var params = new HashMap<String, Object>();
        params.put("vcpu", resize.vcpu());
        params.put("memory", resize.memoryBytes());
        resize.size()
                .ifPresent(size -> {
                    params.put("size", size.code());
                    params.put("sizeVersion", size.version());
                });
        var before = escrow.compute(host);
        var after = escrow.compute(host, resize);
        var nothing = escrow.only(Amounts.NONE);
        boolean holds = host.plan().holdsCompute();
        return new Change(
                "vcpu = :vcpu, memory_bytes = :memory, "
                        + "before_size = size, before_size_version = size_version, "
                        + (resize.size().isPresent()
                                ? "size = :size, size_version = :sizeVersion"
                                : "size = null, size_version = null")
                        + (host.plan().running() ? ", " + RESTART : ""),
                params,
                holds ? after.above(before) : nothing,
                holds ? before.above(after) : nothing,
                Optional.empty(),
                kept);
    }

    Change diskAdded(Host host, HostCommand.AddDisk disk) {
        requireOurs(host);
        int position =
                Stream.concat(host.plan().disks().stream(), host.plan().givenUp().stream())
                                .mapToInt(DataDisk::position)
                                .max()
                                .orElse(0)
                        + 1;
        if (position > DataDisk.MOST) {
            throw Refused.conflict("TOO_MANY_DISKS");
        }
        return new Change(
                host.plan().running() ? RESTART : "",
                Map.of(),
                escrow.only(Amounts.of(Resource.storage(disk.storageClass()), disk.bytes())),
                escrow.only(Amounts.NONE),
                Optional.of(new DataDisk(position, disk.bytes(), disk.storageClass())),
                Optional.empty());
    }

    /** A size that its cluster does not show yet is given up for the one that it had before. */
    Change resizedBack(Host host, HostCommand.Resize before) {
        var change = resized(host, before);
        return new Change(
                "vcpu = :vcpu, memory_bytes = :memory,"
                        + " size = before_size, size_version = before_size_version"
                        + undone(host),
                change.params(),
                change.more(),
                change.less(),
                Optional.empty(),
                change.kept());
    }

    /** A disk that its cluster does not show yet is given up. */
    Change diskGivenUp(Host host, DataDisk disk) {
        return new Change(
                undone(host).replaceFirst("^, ", ""),
                Map.of(),
                escrow.only(Amounts.NONE),
                escrow.only(Amounts.of(Resource.storage(disk.storageClass()), disk.bytes())));
    }

    /** A restart that nobody has begun is not needed any more; after one there is another. */
    private static String undone(Host host) {
        var restarts = host.plan().restarts();
        return !host.plan().running()
                ? ""
                : restarts.pending() && restarts.ended().isEmpty()
                        ? ", restarts = restarts_done"
                        : ", " + RESTART;
    }

    /**
     * What was asked for and did not come is given up: paid where it takes more again.
     *
     * @throws Refused CONFLICT {@code QUOTA_SHORT}, {@code CLUSTER_FENCED}
     */
    void giveUp(Host host, Change change, String note) {
        var edge = HostLife.edge(host.plan().life(), HostLife.Command.GIVE_UP).orElseThrow();
        var payment = new TransferId(named("giveUp" + host.id() + host.plan().version()));
        var shortfalls = escrow.pay(host, change.more(), payment, clock.instant());
        if (!shortfalls.isEmpty()) {
            throw Refused.quotaShort(shortfalls);
        }
        if (!follow(host, edge, change, Optional.empty(), Optional.empty(), note)) {
            throw Refused.stale("STALE_VERSION");
        }
    }

    private static String note(HostCommand what) {
        return switch (what) {
            case HostCommand.Resize(int vcpu, long memory, var size) ->
                    size.map(of -> of.code() + ": ").orElse("")
                            + vcpu
                            + " vCPU, "
                            + (memory >> 30)
                            + " GiB";
            case HostCommand.AddDisk(long bytes, String storageClass) ->
                    (bytes >> 30) + " GiB " + storageClass;
            case HostCommand.Start _, HostCommand.Stop _, HostCommand.Restart _ -> "";
            case HostCommand.Rebuild _, HostCommand.Restore _ -> "";
            case HostCommand.Recycle(var reason) -> reason;
            case HostCommand.ProposeDestruction(var reason) -> reason;
            case HostCommand.Destroy(var reason) -> reason;
        };
    }

    private void audit(
            Instant at,
            Optional<Actor> actor,
            Host host,
            HostLife.Command command,
            Audited.Outcome outcome,
            String note) {
        events.publishEvent(
                new Audited(at, actor, command.action(), "host/" + host.id(), outcome, note));
    }
}
