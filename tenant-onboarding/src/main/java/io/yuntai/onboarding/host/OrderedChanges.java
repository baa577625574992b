package io.yuntai.onboarding.host;

import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.unit.PersonId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What approved applications change of hosts that are there. Part of the transaction of the
 * approval, which has paid for what is more; what is less is given back when its cluster was seen
 * to hold it no more, as with commands. All of it takes the edges of {@link HostLife}.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class OrderedChanges {

    private final HostStore hosts;
    private final HostLifeStore store;
    private final HostCommands commands;

    OrderedChanges(HostStore hosts, HostLifeStore store, HostCommands commands) {
        this.hosts = hosts;
        this.store = store;
        this.commands = commands;
    }

    /**
     * What has ordered a change. Whoever has a duty in it destroys no host that it has moved to the
     * recycle bin.
     */
    public sealed interface Cause {
        UUID id();

        /** As people call it. */
        String number();

        record Application(UUID id, String number) implements Cause {}

        record Reclaim(UUID id, String number) implements Cause {}
    }

    /**
     * Which host, and why it changes.
     *
     * @param by who has applied for it: the step is his
     */
    public record Ordered(HostId host, PersonId by, Cause cause) {}

    /**
     * The host, held until the transaction ends, if it still has the size that it had when it was
     * applied for.
     *
     * @throws Refused CONFLICT {@code HOST_CHANGED}
     */
    public Host current(Ordered ordered, int vcpu, long memoryBytes) {
        var host = held(ordered);
        boolean same =
                host.vcpu() == vcpu
                        && host.memoryBytes() == memoryBytes
                        && host.plan().holdsCompute();
        if (!same) {
            throw Refused.conflict("HOST_CHANGED");
        }
        return host;
    }

    /**
     * Another size, which the approval has paid for.
     *
     * @param host as {@link #current} has given it
     */
    public void resize(Ordered ordered, Host host, int vcpu, long memoryBytes) {
        var change = commands.resized(host, new HostCommand.Resize(vcpu, memoryBytes));
        take(ordered, host, HostLife.Command.RESIZE, change);
    }

    /**
     * One more data disk, which the approval has paid for; its host, held until the transaction
     * ends, as it was before.
     *
     * @throws Refused CONFLICT {@code HOST_CHANGED}, {@code HOST_ADOPTED}, {@code TOO_MANY_DISKS}
     */
    public Host addDisk(Ordered ordered, long bytes, String storageClass) {
        var host = held(ordered);
        var change = commands.diskAdded(host, new HostCommand.AddDisk(bytes, storageClass));
        take(ordered, host, HostLife.Command.ADD_DISK, change);
        return host;
    }

    /**
     * Gives up another size that its cluster does not show yet: it shall have the one again that it
     * had. Nothing happens where it came meanwhile, or something else was asked of the host since.
     *
     * @return the host as it was, if that was given up
     * @throws Refused CONFLICT {@code QUOTA_SHORT} where what it had was more, and is not there any
     *     more; {@code CLUSTER_FENCED}
     */
    public Optional<Host> giveUpResize(Ordered ordered, int vcpu, long memoryBytes) {
        var pending = pending(ordered, HostLife.Command.RESIZE);
        pending.ifPresent(host ->
                commands.giveUp(
                        host,
                        commands.resizedBack(host, new HostCommand.Resize(vcpu, memoryBytes)),
                        ordered.cause().number()));
        return pending;
    }

    /**
     * Gives up a disk that its cluster does not show yet, as {@link #giveUpResize}: what there is
     * of it is deleted.
     *
     * @return the host as it was, if that was given up
     * @throws Refused CONFLICT {@code CLUSTER_FENCED}
     */
    public Optional<Host> giveUpDisk(Ordered ordered) {
        var pending = pending(ordered, HostLife.Command.ADD_DISK);
        pending.ifPresent(host -> {
            var disk = host.plan().disks().getLast();
            store.giveUpDisk(host.id(), disk);
            commands.giveUp(host, commands.diskGivenUp(host, disk), ordered.cause().number());
        });
        return pending;
    }

    /** The host, if what this application has asked of it was the last, and has not come. */
    private Optional<Host> pending(Ordered ordered, HostLife.Command command) {
        store.lock(List.of(ordered.host()));
        return hosts.find(ordered.host())
                .filter(host -> host.plan().life() == HostLife.State.CHANGING)
                .filter(host -> {
                    var last = store.steps(host.id()).getLast();
                    return last.command() == command
                            && last.note().equals(ordered.cause().number());
                });
    }

    /** To the recycle bin. */
    public void giveBack(Ordered ordered) {
        var host = held(ordered);
        take(ordered, host, HostLife.Command.RECYCLE, recycled(host, ordered));
    }

    private HostCommands.Change recycled(Host host, Ordered ordered) {
        return commands.recycled(host, ordered.by(), Optional.of(ordered.cause()));
    }

    /** How a host was when a move of it was applied for. */
    public record Shape(
            PoolId pool, int vcpu, long memoryBytes, long diskBytes, List<DataDisk> disks) {

        public Shape {
            disks = List.copyOf(disks);
        }
    }

    /**
     * Refuses to make a host anew elsewhere that is no longer as it was, or is on its way out, or
     * of which there is such a one already.
     *
     * @throws Refused CONFLICT {@code HOST_CHANGED}
     */
    public void requireAsOrdered(Ordered ordered, Shape shape) {
        var host = held(ordered);
        var now =
                new Shape(
                        host.pool(),
                        host.vcpu(),
                        host.memoryBytes(),
                        host.diskBytes(),
                        host.plan().disks());
        if (!now.equals(shape)
                || HostLife.edge(host.plan().life(), HostLife.Command.RECYCLE).isEmpty()
                || store.isReplaced(host.id(), Optional.empty())) {
            throw Refused.conflict("HOST_CHANGED");
        }
    }

    /**
     * The owner has confirmed what was made in the place of a host: it goes to the recycle bin. It
     * stays as it is where that never came up or was given back, and where it went there before.
     *
     * @param application which has made the other
     */
    public void replaced(Ordered ordered, UUID application) {
        var host = held(ordered);
        if (store.isReplaced(host.id(), Optional.of(application))
                && HostLife.edge(host.plan().life(), HostLife.Command.RECYCLE).isPresent()) {
            take(ordered, host, HostLife.Command.RECYCLE, recycled(host, ordered));
        }
    }

    /** By so many months more than it was to end, or than now if that is past. */
    public void renew(Ordered ordered, int months, Instant at) {
        var host = held(ordered);
        if (!store.renew(host.id(), months, at)) {
            throw Refused.conflict("HOST_CHANGED");
        }
        startAgain(ordered);
    }

    /**
     * What was stopped for its term alone runs again. Where its processors were given to others
     * meanwhile, its unit starts it, and is told when there is no room.
     */
    private void startAgain(Ordered ordered) {
        var host = held(ordered);
        boolean expired =
                host.plan().life() == HostLife.State.STOPPED
                        && host.plan().holdsCompute()
                        && store.steps(host.id()).stream()
                                .map(HostStep::command)
                                .filter(command -> command != HostLife.Command.SETTLE_STOPPED)
                                .reduce((_, last) -> last)
                                .filter(HostLife.Command.EXPIRE::equals)
                                .isPresent();
        if (expired) {
            take(ordered, host, HostLife.Command.START, commands.started(host));
        }
    }

    /**
     * Has nobody else change these hosts until the transaction ends, always taken in the same
     * order: for whoever changes several, before he changes any and before he takes a lease.
     *
     * @return the leases that they live in
     */
    public List<LeaseId> hold(Collection<HostId> ids) {
        store.lock(ids);
        return ids.stream()
                .flatMap(id -> hosts.find(id).stream())
                .map(host -> new LeaseId(host.cluster(), host.namespace()))
                .distinct()
                .toList();
    }

    private Host held(Ordered ordered) {
        store.lock(List.of(ordered.host()));
        return hosts.find(ordered.host()).orElseThrow(() -> Refused.conflict("HOST_CHANGED"));
    }

    private void take(
            Ordered ordered, Host host, HostLife.Command command, HostCommands.Change change) {
        var step = new HostCommands.Step(ordered.by(), Optional.empty(), ordered.cause().number());
        boolean taken =
                HostLife.edge(host.plan().life(), command)
                        .filter(edge -> commands.follow(host, edge, change, step))
                        .isPresent();
        if (!taken) {
            throw Refused.conflict("HOST_CHANGED");
        }
    }
}
