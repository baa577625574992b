package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostChanges;
import io.yuntai.onboarding.host.HostCommand;
import io.yuntai.onboarding.host.HostCommandId;
import io.yuntai.onboarding.host.HostCommands;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostStep;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.kubernetes.Instances;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lives of two hosts of 2 vCPU and 4 GiB on a real API server. */
class HostLivesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long GIB = 1L << 30;
    private static final String HELD = "example.cn/held";

    private Fabric8Cluster cluster;
    private Onboarding onboarding;
    private HostCommands commands;
    private Hosts hosts;
    private Actor staff;
    private Actor operator;
    private Application application;

    @BeforeEach
    void twoHostsRun() throws IOException {
        cluster =
                Fabric8Cluster.connect(
                        new ClusterName("real"),
                        Files.readString(TestCluster.shared().kubeconfig()));
        onboarding =
                Onboarding.of(
                        "h" + UUID.randomUUID().toString().substring(0, 12),
                        List.of("yuntai.hosts.direct-growth=PLATFORM"),
                        cluster);
        commands = onboarding.get(HostCommands.class);
        hosts = onboarding.get(Hosts.class);
        staff = onboarding.person("staff");
        operator = onboarding.person("operator");
        var submitted = onboarding.submitted(staff, 2);
        application = onboarding.approved(submitted);
        settle(host -> host.plan().life() == HostLife.State.TRIAL);
    }

    @AfterEach
    void stop() {
        if (onboarding != null) {
            cluster.deleteNamespace(namespace());
            onboarding.close();
        }
    }

    @Test
    void stopsAndStartsAsItIsTold() {
        var _ = say(staff, new HostCommand.Stop());
        assertThat(first().plan().life()).isEqualTo(HostLife.State.STOPPED);
        awaitTurns(() -> first().state() == Host.State.STOPPED);
        assertThat(shown().view().stopped()).isTrue();
        assertThat(metered()).containsExactly("stopped");
        // What is stopped stays charged: a start is never refused for quota.
        assertThat(onboarding.committedCpu()).isEqualTo(4000);
        var _ = say(staff, new HostCommand.Start());
        assertThat(first().plan().life()).isEqualTo(HostLife.State.CHANGING);
        awaitTurns(() -> first().plan().life() == HostLife.State.TRIAL);
        assertThat(shown().running()).isTrue();
        assertThat(metered()).containsExactly("stopped", "runs");
        var _ = say(staff, new HostCommand.Restart());
        awaitTurns(() -> first().plan().life() == HostLife.State.TRIAL);
        assertThat(steps())
                .containsExactly(
                        HostLife.Command.DELIVER,
                        HostLife.Command.STOP,
                        HostLife.Command.START,
                        HostLife.Command.SETTLE_ON_TRIAL,
                        HostLife.Command.RESTART,
                        HostLife.Command.SETTLE_ON_TRIAL);
        assertThat(onboarding.audited().stream().map(Audited::action))
                .contains("host.stop", "host.start", "host.restart");
    }

    /** Its cluster shows nothing new when it is stopped: it is down already. */
    @Test
    void oneWhoseGuestWasShutDownStandsStillFromTheCommandOn() {
        var down = first();
        hosts.observed(List.of(down.seen(Host.State.STOPPED, "Stopped", down.notes())));
        assertThat(metered()).isEmpty();
        var _ = say(staff, new HostCommand.Stop());
        assertThat(metered()).containsExactly("stopped");
        awaitTurns(() -> shown().view().stopped() && first().state() == Host.State.STOPPED);
        assertThat(metered().getLast()).isEqualTo("stopped");
        // Of two servers that look at the same time the second tells nothing new.
        int told = metered().size();
        var stopped = first();
        hosts.observed(List.of(stopped.seen(Host.State.STOPPED, "Halted", stopped.notes())));
        assertThat(metered()).hasSize(told);
    }

    @Test
    void aRestartIsOverWhenAnotherInstanceRunsThanTheOneThatWasEnded() throws IOException {
        try (var hand = hand()) {
            String ended = Instances.start(hand, namespace(), first().name());
            String other = hosts.of(onboarding.system()).get(1).name();
            String untouched = Instances.start(hand, namespace(), other);
            var _ = say(staff, new HostCommand.Restart());
            awaitTurns(() -> Instances.uid(hand, namespace(), first().name()).isEmpty());
            Turn.take(reconciler(), onboarding.system());
            Turn.take(reconciler(), onboarding.system());
            assertThat(shown().running()).as("as its machine still says").isTrue();
            assertThat(first().plan().life()).isEqualTo(HostLife.State.CHANGING);
            assertThat(first().plan().restarts().ended()).isEqualTo(ended);
            String next = Instances.start(hand, namespace(), first().name());
            awaitTurns(() -> first().plan().life() == HostLife.State.TRIAL);
            // What is made larger is restarted, too; nothing else is.
            var _ = say(staff, new HostCommand.Resize(4, 4 * GIB));
            awaitTurns(() -> Instances.uid(hand, namespace(), first().name()).isEmpty());
            assertThat(first().plan().restarts().ended()).isEqualTo(next);
            var _ = Instances.start(hand, namespace(), first().name());
            awaitTurns(() -> first().plan().life() == HostLife.State.TRIAL);
            assertThat(Instances.uid(hand, namespace(), other)).contains(untouched);
        }
    }

    @Test
    void itsAddressesAreThoseThatItsInstanceHas() throws IOException {
        try (var hand = hand()) {
            var changes = onboarding.get(HostChanges.class);
            long before = changes.position();
            var _ = Instances.start(hand, namespace(), first().name(), "10.8.0.5", "fd00::5");
            awaitTurns(() -> first().notes().addresses().equals(List.of("10.8.0.5", "fd00::5")));
            assertThat(changes.since(before).changes())
                    .extracting(HostChanges.Change::host)
                    .contains(first().id());
            long then = changes.position();
            Turn.take(reconciler(), onboarding.system());
            assertThat(changes.since(then).changes()).isEmpty();
            Instances.readdress(hand, namespace(), first().name(), "10.8.0.9");
            awaitTurns(() -> first().notes().addresses().equals(List.of("10.8.0.9")));
            assertThat(changes.since(then).changes())
                    .extracting(HostChanges.Change::host)
                    .containsExactly(first().id());
        }
    }

    @Test
    void growsOnlyWithQuotaAndGivesBackAfterItHasShrunk() {
        assertThat(say(staff, new HostCommand.Resize(64, 8 * GIB)))
                .isInstanceOfSatisfying(
                        HostCommands.Said.NoRoom.class,
                        refused ->
                                assertThat(refused.shortfalls().getFirst().resource())
                                        .isEqualTo(Resource.CPU));
        assertThat(onboarding.committedCpu()).isEqualTo(4000);
        var _ = say(staff, new HostCommand.Resize(4, 8 * GIB));
        // Before the cluster hears of it.
        assertThat(onboarding.committedCpu()).isEqualTo(6000);
        awaitTurns(() -> first().plan().life() == HostLife.State.TRIAL);
        assertThat(lease(Resource.CPU)).isEqualTo(6000);
        var _ = say(staff, new HostCommand.Resize(1, 2 * GIB));
        assertThat(onboarding.committedCpu()).isEqualTo(6000);
        awaitTurns(() -> first().plan().life() == HostLife.State.TRIAL);
        assertThat(lease(Resource.CPU)).isEqualTo(3000);
        assertThat(onboarding.committedCpu()).isEqualTo(6000);
        onboarding.later(Duration.ofMinutes(2));
        awaitTurns(() -> onboarding.committedCpu() == 3000);
        assertThat(infrastructure()).isEqualTo(overhead(1, 2) + overhead(2, 4));
    }

    @Test
    void getsAnotherDiskAndANewSystemDisk() {
        var _ = say(staff, new HostCommand.AddDisk(30 * GIB, "ssd"));
        awaitTurns(() -> first().plan().life() == HostLife.State.TRIAL);
        assertThat(storage()).isEqualTo(110 * GIB);
        assertThat(metered()).contains("2 vCPU, 1 data disks");
        assertThatThrownBy(() -> say(staff, new HostCommand.Rebuild()))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.code()).isEqualTo("ILLEGAL_TRANSITION"));
        var _ = say(staff, new HostCommand.Stop());
        awaitTurns(() -> first().state() == Host.State.STOPPED);
        var _ = say(staff, new HostCommand.Rebuild());
        assertThat(first().plan().rebuilds().pending()).isTrue();
        awaitTurns(() -> first().plan().life() == HostLife.State.STOPPED);
        assertThat(first().plan().rebuilds().pending()).isFalse();
        assertThat(storage()).isEqualTo(110 * GIB);
    }

    @Test
    void goesByTheRecycleBinAndIsDestroyedByAnother() {
        var _ = say(staff, new HostCommand.Recycle("不再使用"));
        awaitTurns(() -> first().state() == Host.State.STOPPED);
        assertRefused("STILL_RESTORABLE", operator, new HostCommand.Destroy("到期"));
        var _ = say(staff, new HostCommand.Restore());
        assertThat(metered()).containsExactly("recycled true", "stopped", "restored");
        assertThat(first().plan().life()).isEqualTo(HostLife.State.STOPPED);
        var _ = say(staff, new HostCommand.Recycle("不再使用"));
        onboarding.later(Duration.ofDays(15).plusSeconds(1));
        assertRefused("NOT_RESTORABLE", staff, new HostCommand.Restore());
        assertRefused("SEPARATION_OF_DUTIES", staff, new HostCommand.Destroy("到期"));
        var id = first().id();
        var _ = say(operator, new HostCommand.Destroy("到期"));
        awaitTurns(() -> hosts.get(staff, id).plan().life() == HostLife.State.DESTROYED);
        assertThat(shownNames()).hasSize(1);
        var certificate = hosts.certificate(staff, id);
        assertThat(certificate.number()).isPositive();
        assertThat(certificate.content()).contains("\"VANISH\"", "不再使用", "operator", "\"ssd\"");
        assertThat(hosts.get(staff, id).state()).isEqualTo(Host.State.GONE);
        awaitTurns(this::isLeaseEnforced);
        onboarding.later(Duration.ofMinutes(2));
        awaitTurns(() -> onboarding.committedCpu() == 2000);
        assertThat(infrastructure()).isEqualTo(overhead(2, 4));
        assertThat(lease(Resource.HOSTS)).isEqualTo(1);
        assertThatThrownBy(() ->
                        onboarding
                                .jdbc()
                                .sql("update host set destroyed_by = recycled_by where id = ?")
                                .param(id.value())
                                .update())
                .hasMessageContaining("destroyed_by_another");
    }

    @Test
    void isCertifiedOnlyWhenNothingOfItIsThereAnyMore() throws IOException {
        try (var hand = hand()) {
            var host = first();
            var claim =
                    hand.persistentVolumeClaims()
                            .inNamespace(namespace().value())
                            .withName(host.name());
            var _ = claim.edit(one -> held(one, true));
            var _ = say(staff, new HostCommand.Recycle("不再使用"));
            onboarding.later(Duration.ofDays(15).plusSeconds(1));
            var _ = say(operator, new HostCommand.Destroy("到期"));
            awaitTurns(() -> hosts.get(staff, host.id()).reason().contains(HELD));
            assertThat(shownNames()).hasSize(1);
            Turn.take(reconciler(), onboarding.system());
            var destroying = hosts.get(staff, host.id());
            assertThat(destroying.plan().life()).isEqualTo(HostLife.State.DESTROYING);
            assertThat(destroying.reason())
                    .startsWith("PersistentVolumeClaim " + host.name() + " is still there");
            assertThatThrownBy(() -> hosts.certificate(staff, host.id()))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo("NO_CERTIFICATE"));
            var _ = claim.edit(one -> held(one, false));
            awaitTurns(() -> hosts.get(staff, host.id()).plan().life() == HostLife.State.DESTROYED);
            assertThat(claim.get()).isNull();
            assertThat(hosts.certificate(staff, host.id()).number()).isPositive();
        }
    }

    private static PersistentVolumeClaim held(PersistentVolumeClaim claim, boolean held) {
        var finalizers = new ArrayList<>(claim.getMetadata().getFinalizers());
        finalizers.remove(HELD);
        if (held) {
            finalizers.add(HELD);
        }
        claim.getMetadata().setFinalizers(finalizers);
        return claim;
    }

    @Test
    void theSameCommandIsTakenOnceAndAStaleOneNever() throws Exception {
        var host = first();
        var id = new HostCommandId(UuidCreator.getTimeOrderedEpoch());
        int version = host.plan().version();
        var stop = new HostCommand.Stop();
        var first = commands.say(staff, host.id(), id, version, stop);
        assertThat(commands.say(staff, host.id(), id, version, stop)).isEqualTo(first);
        assertThatThrownBy(
                        () -> commands.say(staff, host.id(), id, version, new HostCommand.Start()))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.code()).isEqualTo("ID_REUSED"));
        assertThatThrownBy(() ->
                        commands.say(
                                staff,
                                host.id(),
                                new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                                version,
                                new HostCommand.Start()))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.code()).isEqualTo("STALE_VERSION"));
        // Of many at the same moment one is taken, and paid for once.
        var big = new HostCommand.Resize(4, 4 * GIB);
        int now = first().plan().version();
        Callable<?> resize =
                () ->
                        commands.say(
                                staff,
                                host.id(),
                                new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                                now,
                                big);
        var outcomes = Onboarding.atOnce(List.of(resize, resize, resize, resize));
        assertThat(outcomes).filteredOn(HostCommands.Said.Taken.class::isInstance).hasSize(1);
        assertThat(onboarding.committedCpu()).isEqualTo(6000);
    }

    @Test
    void anothersHostIsNotFound() {
        var stranger =
                new Actor(
                        staff.person(),
                        "stranger",
                        new Actor.Scope.OneUnit(new UnitId(UUID.randomUUID())));
        assertRefused("HOST_NOT_FOUND", stranger, new HostCommand.Stop());
    }

    @Test
    void aUnitMakesNothingLargerWithoutAnApplication() {
        var unit = new Actor(staff.person(), "staff", new Actor.Scope.OneUnit(first().unit()));
        assertRefused("APPLICATION_REQUIRED", unit, new HostCommand.Resize(2, 5 * GIB));
        assertRefused("APPLICATION_REQUIRED", unit, new HostCommand.Resize(3, GIB));
        assertRefused("APPLICATION_REQUIRED", unit, new HostCommand.AddDisk(GIB, "ssd"));
        var _ = say(unit, new HostCommand.Resize(1, 4 * GIB));
        assertThat(first().vcpu()).isEqualTo(1);
    }

    @Test
    void theOwnersConfirmationEndsTheTrial() {
        await().until(() -> {
            Turn.take(reconciler(), onboarding.system());
            return app().state() == Workflow.State.DELIVERED;
        });
        onboarding.get(Deliveries.class).confirm(staff, application.id(), app().version());
        assertThat(first().plan().life()).isEqualTo(HostLife.State.IN_USE);
        var _ = say(staff, new HostCommand.Restart());
        awaitTurns(() -> first().plan().life() == HostLife.State.IN_USE);
    }

    private static KubernetesClient hand() throws IOException {
        return new KubernetesClientBuilder()
                .withConfig(
                        Config.fromKubeconfig(Files.readString(TestCluster.shared().kubeconfig())))
                .build();
    }

    private List<String> metered() {
        return onboarding.get(Onboarding.Delivered.class).metered;
    }

    private Application app() {
        return onboarding.get(Applications.class).get(operator, application.id()).application();
    }

    private void assertRefused(String code, Actor actor, HostCommand what) {
        assertThatThrownBy(() -> say(actor, what))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private HostCommands.Said say(Actor actor, HostCommand what) {
        var host = first();
        return commands.say(
                actor,
                host.id(),
                new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                host.plan().version(),
                what);
    }

    private Host first() {
        return hosts.of(onboarding.system()).getFirst();
    }

    private List<HostLife.Command> steps() {
        return hosts.steps(staff, first().id()).stream().map(HostStep::command).toList();
    }

    private ObservedHost shown() {
        return cluster.hosts(namespace()) instanceof Reading.Read<List<ObservedHost>>(var all)
                ? all.stream()
                        .filter(host -> host.name().equals(first().name()))
                        .findAny()
                        .orElseThrow()
                : null;
    }

    private List<String> shownNames() {
        return cluster.hosts(namespace()) instanceof Reading.Read<List<ObservedHost>>(var all)
                ? all.stream().map(ObservedHost::name).toList()
                : List.of();
    }

    private long storage() {
        return cluster.measure(namespace())
                        instanceof Reading.Read<io.yuntai.quota.Amounts>(var sum)
                ? sum.get(Resource.storage("ssd"))
                : -1;
    }

    private boolean isLeaseEnforced() {
        return onboarding.get(Leases.class).of(onboarding.system()).getFirst().settled();
    }

    private long lease(Resource resource) {
        return onboarding
                .get(Leases.class)
                .of(onboarding.system())
                .getFirst()
                .granted()
                .get(resource);
    }

    private long infrastructure() {
        return onboarding
                .jdbc()
                .sql(
                        """
                        select sum(a.held) from quota_account a join quota_node n on n.id = a.node
                        where n.kind = 'INFRASTRUCTURE' and a.resource = 'memoryBytes'
                        """)
                .query(Long.class)
                .single();
    }

    private static long overhead(int vcpu, int memoryGib) {
        return ((256L + 8L * vcpu) << 20) + memoryGib * GIB / 512;
    }

    private void settle(java.util.function.Predicate<Host> each) {
        awaitTurns(() -> hosts.of(onboarding.system()).stream().allMatch(each));
    }

    private void awaitTurns(Callable<Boolean> condition) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    Turn.take(reconciler(), onboarding.system());
                    return condition.call();
                });
    }

    private SystemReconciler reconciler() {
        return onboarding.get(SystemReconciler.class);
    }

    private NamespaceName namespace() {
        return new NamespaceName(
                onboarding.get(Leases.class).of(onboarding.system()).getFirst().namespace());
    }
}
