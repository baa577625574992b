package io.yuntai.sandbox.storm;

import static io.yuntai.quota.Resource.CPU;
import static io.yuntai.quota.Resource.MEMORY;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.kubernetes.ObservedNamespace;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.Tenure;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.reconcile.Learning;
import io.yuntai.onboarding.reconcile.LeaseKeeper;
import io.yuntai.onboarding.reconcile.LostClusters;
import io.yuntai.onboarding.reconcile.StrayQuotas;
import io.yuntai.onboarding.reconcile.WriteBudget;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeaseAccount;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.ObservedLease;
import io.yuntai.sandbox.cluster.Fault;
import io.yuntai.sandbox.cluster.FaultPlan;
import io.yuntai.sandbox.cluster.Fence;
import io.yuntai.sandbox.cluster.SimulatedCluster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * One seeded storm: the production keeper, twice, on a played ledger and played clusters, with
 * tenants, people who order, and somebody who changes things by hand; commits that fail before or
 * after they took effect, deaths between any two calls, clusters that hang or lie stale, messages
 * that are late, lost or doubled. After every step all that must hold is asked; in the end the
 * faults stop, and everything must come to rest with nothing stranded.
 *
 * <p>The same seed and parts give the same storm.
 */
public final class Storm {

    private static final int STEPS = 220;
    private static final int CALM_ROUNDS = 120;
    private static final int DEEPEST = 2;
    private static final int STORY = 25;
    private static final int SOON_ENFORCED = 6;

    /** Before the five minutes are over after which room is given back by itself. */
    private static final int SOON_SERVED = 16;

    private static final Amounts LACKED = Amounts.of(CPU, 1).with(MEMORY, 1);

    /** What a lease keeps that is asked to give: one and a half of its reserves, as it is empty. */
    private static final Amounts KEPT = Amounts.of(CPU, 8).with(MEMORY, 8);

    /** The keeper that was at work is no more. */
    private static final class Death extends RuntimeException {
        Death() {
            super("died", null, false, false);
        }
    }

    /** Ends a storm from within. */
    private static final class Broken extends RuntimeException {
        private final Breach.Rule rule;

        Broken(Breach.Rule rule, String what) {
            super(what, null, false, false);
            this.rule = rule;
        }
    }

    private final long seed;
    private final Course course;
    private Runnable backup = () -> {};
    private final RandomGenerator random;
    private final Clock clock;
    private final World world;
    private final Orders orders;
    private final LeaseBook book;
    private final List<LeaseKeeper> keepers = new ArrayList<>();
    private final List<Learning> learners = new ArrayList<>();
    private final Map<String, Cluster> ports = new HashMap<>();
    private final Map<LeaseId, Amounts> demand = new HashMap<>();
    private final Set<LeaseId> pressed = new HashSet<>();
    private final Deque<LeaseId> visited = new ArrayDeque<>();
    private final Deque<String> story = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-10-01T00:00:00Z");
    private final Map<Mishap, Long> mishaps = new EnumMap<>(Mishap.class);
    private long steps;
    private long checks;
    private Optional<LeaseId> favourite = Optional.empty();
    private boolean strayTold;
    private boolean calm;
    private int depth;
    private int step;
    private int pods;

    private Storm(long seed, Course course, Parts parts) {
        this.seed = seed;
        this.course = course;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
        FaultPlan faults =
                _ -> {
                    var fault = calm ? new Fault.None() : fault();
                    Mishap.of(fault).ifPresent(this::felt);
                    return fault;
                };
        this.world =
                new World(clock, faults, parts.judge(), parts.fence(), course == Course.RESTORED);
        this.orders = new Orders(world.book(), random, parts.retriesKeepTheirId(), this::felt);
        var around = new Weather();
        this.book = Interrupted.book(parts.book().apply(world.book()), around);
        for (var cluster : world.clusters()) {
            var watched = parts.cluster().apply(cluster);
            ports.put(cluster.name().value(), Interrupted.cluster(watched, around));
            var _ =
                    cluster.watch(change -> {
                        var lease = new LeaseId(cluster.name().value(), change.namespace().value());
                        demand.merge(lease, change.demand(), Amounts::max);
                        strayTold |= change.stray();
                    });
        }
        for (int leader = 0; leader < 2; leader++) {
            var keeper = new LeaseKeeper(book, parts.policy(), budget(seed), clock);
            keepers.add(keeper);
            learners.add(new Learning(book, keeper, clock));
        }
    }

    /** In some storms clusters may be written to so seldom that most have to wait. */
    private static WriteBudget budget(long seed) {
        return seed % 5 == 0 ? new WriteBudget(0.1, 1) : new WriteBudget(1000, 1000);
    }

    /** Plays one storm; what was broken, if anything was. */
    public static Optional<Breach> play(long seed, Parts parts) {
        return play(seed, Course.PLAIN, parts).breach();
    }

    /** Plays one in which the ledger is restored from a backup on the way. */
    public static Optional<Breach> playWithRestore(long seed, Parts parts) {
        return play(seed, Course.RESTORED, parts).breach();
    }

    /** Plays one storm and counts what has happened in it. */
    public static Played play(long seed, Course course, Parts parts) {
        var storm = new Storm(seed, course, parts);
        var breach = storm.play();
        return new Played(breach, storm.steps, storm.checks, storm.mishaps);
    }

    private Optional<Breach> play() {
        boolean restored = course == Course.RESTORED;
        try {
            for (step = 0; step < STEPS; step++) {
                if (restored && step == STEPS / 6) {
                    leave(anyLease());
                }
                if (restored && step == STEPS / 3) {
                    backup = world.book().backup();
                }
                if (restored && step == STEPS * 2 / 3) {
                    restore();
                }
                act();
                check();
            }
            calmDown();
            return Optional.empty();
        } catch (Broken e) {
            return Optional.of(breach(e.rule, String.valueOf(e.getMessage())));
        } catch (IllegalStateException | IllegalArgumentException | ArithmeticException e) {
            return Optional.of(breach(Breach.Rule.THROWN, e.toString()));
        }
    }

    private Breach breach(Breach.Rule rule, String what) {
        return new Breach(seed, course, step, rule, what, List.copyOf(story));
    }

    /**
     * Somebody moves out and hands his namespace back, so that it may be closed when the backup is
     * taken.
     */
    private void leave(LeaseId lease) {
        favourite = Optional.of(lease);
        for (int pod = 0; pod < pods; pod++) {
            var _ = world.cluster(lease).deletePod(namespace(lease), "p" + pod);
        }
        handBack(lease);
    }

    private void handBack(LeaseId lease) {
        world.book()
                .find(lease)
                .filter(one -> one.state() == ClusterState.ACTIVE)
                .ifPresent(one -> {
                    tell(lease + " is handed back");
                    world.book().handBackAll(one);
                });
    }

    /** The ledger is as it was a while ago; the clusters are not. */
    private void restore() {
        felt(Mishap.LEDGER_RESTORED);
        tell("the ledger is restored from an earlier time");
        backup.run();
        world.book().learn(now);
        orders.askAgain();
    }

    private void felt(Mishap mishap) {
        mishaps.merge(mishap, 1L, Long::sum);
    }

    private void check() {
        checks++;
        world.broken()
                .ifPresent(broken -> {
                    throw new Broken(broken.rule(), broken.what());
                });
    }

    private void tell(String event) {
        if (story.size() == STORY) {
            story.removeFirst();
        }
        story.addLast("%s%s %s".formatted("  ".repeat(depth), now, event));
    }

    /** Whatever happens next. */
    private void act() {
        steps++;
        int what = random.nextInt(100);
        var lease = anyLease();
        if (course == Course.LOST && what % 10 == 0) {
            world.clusters().stream()
                    .filter(cluster -> isOnItsWay(world.book().state(cluster.name().value())))
                    .forEach(this::loseOrFind);
        }
        if (strayTold && what < 20) {
            removeStrays();
        }
        if (world.book().learning().isPresent()) {
            if (what < 30) {
                learn();
                return;
            }
            if (what >= 86 && what < 96) {
                return; // orders are not taken
            }
        }
        if (what < 38) {
            visit(lease);
        } else if (what < 58) {
            pass(anyPause());
        } else if (what < 76) {
            createPod(lease);
        } else if (what < 83) {
            deletePod(lease);
        } else if (what < 84) {
            giveUp(lease);
        } else if (what < 85) {
            tell("limits change: " + world.limit(random));
        } else if (what < 86) {
            tell("a lock expires: " + orders.expire());
        } else if (what < 90) {
            tell("somebody orders for " + lease);
            orders.begin(lease, some(30));
            orders.message(true);
        } else if (what < 96) {
            orders.message(true);
        } else if (course == Course.LOST && what == 96) {
            loseOrFind(anyCluster());
        } else if (what < 98) {
            stopOrResume();
        } else {
            byHand(lease);
        }
    }

    private void learn() {
        depth++;
        try {
            int leader = random.nextInt(learners.size());
            boolean done = learners.get(leader).pass(ports.values());
            tell("the ledger reads the clusters: done " + done);
        } catch (Death e) {
            tell("whoever read the clusters died");
        } finally {
            depth--;
        }
    }

    private void removeStrays() {
        depth++;
        try {
            var strays = new StrayQuotas(book, world.book()::begun, clock);
            for (var port : ports.values()) {
                tell("second quotas are removed beside " + strays.remove(port));
            }
            strayTold =
                    world.clusters().stream()
                            .anyMatch(cluster ->
                                    cluster.hasStrayQuota()
                                            || !world.book()
                                                    .begun(cluster.name().value())
                                                    .isEmpty());
        } catch (Death e) {
            tell("whoever removed second quotas died");
        } finally {
            depth--;
        }
    }

    /** Often the one that somebody is at: where two meet is where it breaks. */
    private LeaseId anyLease() {
        if (!visited.isEmpty() && random.nextInt(3) == 0) {
            return visited.getLast();
        }
        if (favourite.isPresent() && random.nextInt(3) == 0) {
            return favourite.get();
        }
        return world.leases().get(random.nextInt(world.leases().size()));
    }

    private Duration anyPause() {
        return switch (random.nextInt(10)) {
            case 0 -> Duration.ofSeconds(random.nextInt(400));
            case 1, 2 -> Duration.ofSeconds(random.nextInt(45));
            default -> Duration.ofMillis(random.nextInt(5000));
        };
    }

    private void pass(Duration pause) {
        now = now.plus(pause);
        world.clusters().forEach(SimulatedCluster::tick);
    }

    private void visit(LeaseId lease) {
        int leader = random.nextInt(keepers.size());
        visited.addLast(lease);
        var wish = demand.getOrDefault(lease, Amounts.NONE);
        boolean squeeze = pressed.contains(lease) || (!calm && random.nextInt(8) == 0);
        depth++;
        try {
            var cluster = Optional.ofNullable(ports.get(lease.cluster())).orElseThrow();
            if (isClosed(cluster, lease)) {
                return;
            }
            var visit = keepers.get(leader).visit(cluster, lease, wish, squeeze);
            pressed.addAll(visit.press());
            pressed.remove(lease);
            if (random.nextInt(4) != 0) {
                demand.remove(lease);
            }
            tell("leader %d at %s: %s".formatted(leader, lease, visit.open()));
        } catch (Death e) {
            tell("leader %d died at %s".formatted(leader, lease));
        } finally {
            visited.removeLast();
            depth--;
        }
    }

    /** As whoever looks after a system: whether its namespace is gone, or about to. */
    private boolean isClosed(Cluster cluster, LeaseId id) {
        var found = book.find(id).filter(Lease::closable);
        if (found.filter(lease -> lease.state() == ClusterState.ACTIVE).isEmpty()
                || !(cluster.look(namespace(id))
                        instanceof Reading.Read<ObservedNamespace>(var seen))) {
            return false;
        }
        var lease = found.get();
        if (seen.phase() == ObservedNamespace.Phase.ABSENT) {
            tell(id + " is closed");
            felt(Mishap.NAMESPACE_CLOSED);
            world.book().close(lease);
            return true;
        }
        if (lease.tenure() != Tenure.CLOSING) {
            return false;
        }
        var _ =
                cluster.deleteNamespace(
                        namespace(id), () -> world.book().find(id).equals(Optional.of(lease)));
        return true;
    }

    /** Up to so much of each resource; mostly as much of one as of the other. */
    private Amounts some(int most) {
        long cpu = 1L + random.nextInt(most);
        long memory = random.nextInt(4) == 0 ? 1L + random.nextInt(most) : cpu;
        return Amounts.of(CPU, cpu).with(MEMORY, memory);
    }

    private void createPod(LeaseId lease) {
        var asked = some(8);
        if (random.nextInt(12) == 0) {
            felt(Mishap.POD_NEVER_MADE);
            var _ = world.cluster(lease).failPod(namespace(lease), "p" + pods++, asked);
            return;
        }
        var arrives =
                random.nextInt(3) == 0 ? Duration.ZERO : Duration.ofSeconds(random.nextInt(28));
        var outcome =
                world.cluster(lease).createPod(namespace(lease), "p" + pods++, asked, arrives);
        if (outcome instanceof ApplyOutcome.Applied) {
            tell("a pod of %s in %s, seen after %s".formatted(asked, lease, arrives));
            somethingElseWhileItIsOnItsWay(lease);
        }
    }

    /** The worst time for it. */
    private void somethingElseWhileItIsOnItsWay(LeaseId lease) {
        switch (random.nextInt(8)) {
            case 0 -> {
                felt(Mishap.WATCH_BROKEN);
                tell("the watch of " + lease.cluster() + " breaks");
                world.cluster(lease).breakWatch();
            }
            case 1, 2 -> {
                tell("others press " + lease);
                pressed.add(lease);
                favourite = Optional.of(lease);
            }
            default -> {}
        }
    }

    private void deletePod(LeaseId lease) {
        for (int tries = 0; tries < 8 && pods > 0; tries++) {
            var _ = world.cluster(lease).deletePod(namespace(lease), "p" + random.nextInt(pods));
        }
    }

    /**
     * Something that was granted for good is wanted no longer, or room is handed back; for as much
     * as there is of it.
     */
    private void giveUp(LeaseId lease) {
        depth++;
        try {
            var found = book.find(lease);
            var account = found.map(Lease::account).orElse(LeaseAccount.EMPTY);
            if (random.nextInt(4) == 0) {
                handBack(lease);
                return;
            }
            boolean areHosts = random.nextBoolean();
            var held = areHosts ? account.floor() : account.entitled().minus(account.floor());
            var gone = held.min(some(30));
            if (!gone.isZero()) {
                var change =
                        areHosts
                                ? new LeaseChange.Release(gone, gone)
                                : new LeaseChange.HandBack(gone);
                tell(
                        "%s given up in %s: %s"
                                .formatted(
                                        gone,
                                        lease,
                                        book.change(found.orElseThrow(), change, now)));
            }
        } catch (Death e) {
            tell("whoever gave up room of " + lease + " died");
        } finally {
            depth--;
        }
    }

    private SimulatedCluster anyCluster() {
        return world.clusters().get(random.nextInt(world.clusters().size()));
    }

    /** What operators say of a cluster, and what the control plane does about it. */
    private void loseOrFind(SimulatedCluster cluster) {
        String name = cluster.name().value();
        switch (world.book().state(name)) {
            case ACTIVE -> {
                felt(Mishap.CLUSTER_FENCED);
                tell(name + " is fenced");
                if (random.nextBoolean()) {
                    cluster.stop();
                }
                world.book().state(name, ClusterState.FENCED, now);
            }
            case FENCED -> {
                if (random.nextInt(4) == 0) {
                    tell(name + " is let in again");
                    world.book().state(name, ClusterState.ACTIVE, now);
                } else {
                    felt(Mishap.CLUSTER_WRITTEN_OFF);
                    tell(name + " is written off");
                    world.book().state(name, ClusterState.WRITTEN_OFF, now);
                    world.believeDead(name);
                }
            }
            case WRITTEN_OFF -> {
                if (lookAfterLost(cluster) && random.nextBoolean()) {
                    felt(Mishap.CLUSTER_READMITTED);
                    tell(name + " is back");
                    cluster.resume();
                    world.book().state(name, ClusterState.READMITTING, now);
                }
            }
            case READMITTING -> tell("%s is taken in: %s".formatted(name, lookAfterLost(cluster)));
            case DEREGISTERED -> throw new IllegalStateException(name + " was registered");
        }
    }

    /** Whether that is done. */
    private boolean lookAfterLost(SimulatedCluster cluster) {
        String name = cluster.name().value();
        depth++;
        try {
            var lost = new LostClusters(book, clock);
            return world.book().state(name) == ClusterState.WRITTEN_OFF
                    ? lost.credit(name)
                    : lost.readmit(Optional.ofNullable(ports.get(name)).orElseThrow());
        } catch (Death e) {
            tell("whoever looked after " + name + " died");
            return false;
        } finally {
            depth--;
        }
    }

    private void stopOrResume() {
        var cluster = anyCluster();
        switch (random.nextInt(6)) {
            case 0 -> {
                felt(Mishap.CLUSTER_HANGS);
                tell(cluster.name() + " hangs");
                cluster.stop();
            }
            case 1 -> {
                felt(Mishap.CONTROLLERS_STAND_STILL);
                tell("the controllers of " + cluster.name() + " stand still");
                cluster.stallControllers(true);
            }
            case 2, 3 -> cluster.resume();
            default -> cluster.stallControllers(false);
        }
    }

    private void byHand(LeaseId lease) {
        var cluster = world.cluster(lease);
        switch (random.nextInt(5)) {
            case 3 -> {
                felt(Mishap.EPOCH_SPOILT);
                tell("somebody spoils the epoch of " + lease);
                cluster.spoilEpoch(
                        namespace(lease),
                        random.nextBoolean() ? "" : Long.toString(Long.MAX_VALUE / 10));
            }
            case 4 -> {
                felt(Mishap.SECOND_QUOTA);
                tell("somebody puts a second quota beside " + lease);
                cluster.createStrayQuota(namespace(lease), "second", some(100));
            }
            case 0 -> {
                felt(Mishap.LEASE_DELETED);
                tell("somebody deletes the lease of " + lease);
                cluster.deleteLease(namespace(lease));
            }
            case 1 -> {
                felt(Mishap.LEASE_EDITED);
                tell("somebody lowers the lease of " + lease);
                cluster.truth(namespace(lease))
                        .ifPresent(seen ->
                                cluster.editLease(namespace(lease), seen.specHard().min(some(9))));
            }
            default -> {
                felt(Mishap.NAMESPACE_DELETED);
                tell("somebody deletes the namespace of " + lease);
                var _ = cluster.deleteNamespace(namespace(lease));
            }
        }
    }

    private Fault fault() {
        return switch (random.nextInt(40)) {
            case 0 -> new Fault.LostRequest();
            case 1 -> new Fault.LostAnswer();
            case 2 -> new Fault.Conflict();
            case 3 -> new Fault.StaleRead();
            case 4, 5 -> new Fault.Late(Duration.ofSeconds(random.nextInt(1500)));
            default -> new Fault.None();
        };
    }

    /** The faults stop, everybody hears the answers, and whoever has work left does it. */
    private void calmDown() {
        calm = true;
        for (var cluster : world.clusters()) {
            cluster.resume();
            cluster.stallControllers(false);
        }
        for (int round = 0; world.book().learning().isPresent() && round < CALM_ROUNDS; round++) {
            learn();
            pass(Duration.ofSeconds(15));
            check();
        }
        for (var cluster : world.clusters()) {
            takeIn(cluster);
        }
        orders.settle();
        for (int round = 0; round < CALM_ROUNDS; round++) {
            step++;
            steps++;
            everybodyDoesHisWork();
            if (round > CALM_ROUNDS / 3 && world.unsettled().isEmpty()) {
                waitForWhatLiesIdle();
                return;
            }
        }
        throw new Broken(Breach.Rule.REST, world.unsettled().orElse("never at rest"));
    }

    private void everybodyDoesHisWork() {
        if (world.book().learning().isPresent()) {
            learn();
        }
        world.leases().forEach(this::visit);
        removeStrays();
        pass(Duration.ofSeconds(15));
        check();
    }

    /**
     * Somebody orders all that a unit has left and lets it lie, and his neighbour has a pod that
     * does not fit any more and that he is entitled to. He gets it long before room is given back
     * by itself.
     */
    private void waitForWhatLiesIdle() {
        for (int number = 0; number < world.leases().size(); number++) {
            var waiting = world.leases().get(number);
            var idle = world.leases().get(number ^ 1);
            var account = world.book().find(waiting).map(Lease::account).orElse(LeaseAccount.EMPTY);
            var left = world.room(idle);
            var lacking = account.entitled().minus(account.granted()).min(some(8));
            boolean inDebt = !account.surplus().isZero();
            if (!inDebt
                    && world.book().takesOrders(idle)
                    && LACKED.fitsWithin(lacking)
                    && lacking.plus(KEPT).fitsWithin(left)) {
                order(idle, left);
                admit(waiting, account.granted().plus(lacking));
                return;
            }
        }
    }

    private void order(LeaseId lease, Amounts all) {
        tell("somebody orders all that is left for " + lease);
        var id = new TransferId(new UUID(2, seed));
        if (!world.book().reserve(id, lease, all, Amounts.NONE) || !world.book().post(id)) {
            throw new Broken(Breach.Rule.SERVED, "what is free cannot be ordered: " + all);
        }
        for (int round = 0; round < SOON_ENFORCED; round++) {
            visit(lease);
            pass(Duration.ofSeconds(3));
        }
    }

    /** A controller tries until its pods are there, which take all of this together. */
    private void admit(LeaseId lease, Amounts all) {
        var pod = all.minus(world.cluster(lease).taken(namespace(lease)));
        tell("a pod of %s has to wait in %s".formatted(pod, lease));
        for (int round = 0; round < SOON_SERVED; round++) {
            if (world.cluster(lease).createPod(namespace(lease), "waits", pod)
                    instanceof ApplyOutcome.Applied) {
                return;
            }
            everybodyDoesHisWork();
        }
        throw new Broken(
                Breach.Rule.SERVED, "a pod of %s is never admitted in %s".formatted(pod, lease));
    }

    private static boolean isOnItsWay(ClusterState state) {
        return state == ClusterState.WRITTEN_OFF || state == ClusterState.READMITTING;
    }

    private void takeIn(SimulatedCluster cluster) {
        String name = cluster.name().value();
        for (int round = 0; round < CALM_ROUNDS; round++) {
            if (world.book().state(name) == ClusterState.ACTIVE) {
                return;
            }
            loseOrFind(cluster);
            pass(Duration.ofSeconds(1));
            check();
        }
        throw new Broken(Breach.Rule.REST, name + " never comes back");
    }

    private static NamespaceName namespace(LeaseId lease) {
        return new NamespaceName(lease.namespace());
    }

    /** What happens around a keeper's calls. */
    private final class Weather implements Interrupted.Around {

        @Override
        public void moment() {
            if (calm) {
                return;
            }
            check();
            int what = random.nextInt(30);
            if (what == 0) {
                felt(Mishap.KEEPER_DIED);
                throw new Death();
            }
            if (what < 5 && depth <= DEEPEST) {
                depth++;
                try {
                    act();
                } finally {
                    depth--;
                }
                check();
            }
        }

        @Override
        public void fenced(LeaseId lease, ObservedLease found) {
            var truth = world.cluster(lease).truth(namespace(lease));
            if (truth.filter(now -> Fence.OURS.lets(now, found)).isPresent()) {
                throw new Broken(
                        Breach.Rule.FENCE,
                        "a write to " + lease + " was fenced for no other write");
            }
        }

        @Override
        public <T> T commit(Supplier<T> transaction) {
            int what = calm ? 10 : random.nextInt(40);
            if (what == 0) {
                felt(Mishap.COMMIT_FAILED_BEFORE);
                tell("a commit fails before it took effect");
                throw new Death();
            }
            var outcome = transaction.get();
            if (what == 1) {
                felt(Mishap.COMMIT_FAILED_AFTER);
                tell("a commit fails after it took effect");
                throw new Death();
            }
            check();
            return outcome;
        }
    }
}
