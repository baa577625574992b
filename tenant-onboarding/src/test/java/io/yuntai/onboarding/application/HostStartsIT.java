package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCommand;
import io.yuntai.onboarding.host.HostCommandId;
import io.yuntai.onboarding.host.HostCommands;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts of hosts whose processors others may have meanwhile; the unit has 20 vCPU. */
class HostStartsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Fabric8Cluster cluster;
    private Onboarding onboarding;
    private HostCommands commands;
    private Hosts hosts;
    private Actor staff;

    @BeforeEach
    void fourHostsOfTwo() throws IOException {
        cluster =
                Fabric8Cluster.connect(
                        new ClusterName("real"),
                        Files.readString(TestCluster.shared().kubeconfig()));
        onboarding =
                Onboarding.of(
                        "s" + UUID.randomUUID().toString().substring(0, 12),
                        List.of("yuntai.hosts.stopped=KEEPS_DISKS"),
                        cluster);
        commands = onboarding.get(HostCommands.class);
        hosts = onboarding.get(Hosts.class);
        staff = onboarding.person("staff");
        deliver(4, 2);
    }

    @AfterEach
    void stop() {
        if (onboarding != null) {
            onboarding.systems().stream()
                    .flatMap(system -> onboarding.get(Leases.class).of(system).stream())
                    .map(lease -> new NamespaceName(lease.namespace()))
                    .forEach(cluster::deleteNamespace);
            onboarding.close();
        }
    }

    @Test
    void startsExactlyAsManyAsFitAndTheOthersSayWhy() {
        var four = hosts.of(onboarding.system());
        four.forEach(host -> say(host, new HostCommand.Stop()));
        awaitTurns(() -> all().allMatch(host -> host.state() == Host.State.STOPPED));
        onboarding.later(Duration.ofMinutes(5));
        awaitTurns(() -> onboarding.committedCpu() == 0);
        // Others take 16 of the 20 meanwhile: there is room for two.
        deliver(4, 4);
        var ids = four.stream().map(Host::id).toList();
        var batch = new HostCommandId(UuidCreator.getTimeOrderedEpoch());
        var outcomes = commands.start(staff, batch, ids);
        assertThat(outcomes.subList(0, 2)).allMatch(HostCommands.Started.Granted.class::isInstance);
        assertThat(outcomes.subList(2, 4))
                .allSatisfy(outcome ->
                        assertThat(outcome).isInstanceOf(HostCommands.Started.NoQuota.class));
        assertThat(onboarding.committedCpu()).isEqualTo(20_000);
        awaitTurns(() ->
                all().filter(host -> host.plan().running())
                        .allMatch(host -> host.state() == Host.State.RUNNING));
        assertThat(all().filter(host -> host.state() == Host.State.RUNNING)).hasSize(6);
        assertThat(all().filter(host -> host.plan().refusal().isPresent()))
                .hasSize(2)
                .allSatisfy(host -> {
                    assertThat(host.plan().life()).isEqualTo(HostLife.State.STOPPED);
                    var refusal = host.plan().refusal().orElseThrow();
                    assertThat(refusal.resource()).isEqualTo(Resource.CPU);
                    assertThat(refusal.asked()).isEqualTo(2000);
                    assertThat(refusal.free()).isZero();
                });
        // The same batch again starts nobody twice.
        assertThat(commands.start(staff, batch, ids).subList(0, 2))
                .allMatch(HostCommands.Started.Granted.class::isInstance);
        assertThat(onboarding.committedCpu()).isEqualTo(20_000);
    }

    /** Another system of the unit holds 19 of its 20 vCPU and uses none. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsIdleBesideIsAskedForAndGivenForHostsThatFoundNoRoom(boolean many) {
        var host = hosts.of(onboarding.system()).getFirst();
        hosts.of(onboarding.system()).forEach(one -> say(one, new HostCommand.Stop()));
        awaitTurns(() -> all().allMatch(one -> one.state() == Host.State.STOPPED));
        onboarding.later(Duration.ofMinutes(5));
        awaitTurns(() -> onboarding.committedCpu() == 0);
        var beside = onboarding.systems().getLast();
        var room = List.<Item>of(new Item.Namespace(19, 8, 0, "ssd"));
        var _ =
                onboarding.approved(
                        onboarding.submitted(
                                staff, new Order(beside, Onboarding.POOL, "测试", 12, room)));
        var reconciler = onboarding.get(SystemReconciler.class);
        await().atMost(PATIENCE).until(() -> Turn.take(reconciler, beside));
        assertThat(idle(beside)).isEqualTo(19_000);

        onboarding.get(ReconcileQueue.class).start();
        var command = new HostCommandId(UuidCreator.getTimeOrderedEpoch());
        assertThat(starts(host, command, many)).isFalse();
        // Nobody else would shrink it before it has lain idle for 20 minutes.
        await().atMost(PATIENCE).until(() -> idle(beside) < 19_000);
        onboarding.later(Duration.ofMinutes(2));
        await().atMost(PATIENCE).until(() -> starts(host, command, many));
        assertThat(onboarding.committedCpu()).isEqualTo(2000);
    }

    /** By the same id each time. */
    private boolean starts(Host host, HostCommandId command, boolean many) {
        return many
                ? commands.start(staff, command, List.of(host.id())).getFirst()
                        instanceof HostCommands.Started.Granted
                : commands.say(
                                staff,
                                host.id(),
                                command,
                                hosts.get(staff, host.id()).plan().version(),
                                new HostCommand.Start())
                        instanceof HostCommands.Said.Taken;
    }

    private long idle(SystemId system) {
        return onboarding
                .get(Leases.class)
                .of(system)
                .getFirst()
                .account()
                .granted()
                .get(Resource.CPU);
    }

    private java.util.stream.Stream<Host> all() {
        return hosts.of(onboarding.system()).stream();
    }

    private void deliver(int count, int vcpu) {
        var order =
                new Order(
                        onboarding.system(),
                        Onboarding.POOL,
                        "测试",
                        12,
                        List.of(new Item.Hosts(count, vcpu, 4, 40, "ssd")));
        var submitted = onboarding.submitted(staff, order);
        var _ = onboarding.approved(submitted);
        awaitTurns(() ->
                hosts.ofApplication(submitted.id().value()).stream()
                        .allMatch(host -> host.state() == Host.State.RUNNING));
    }

    private void say(Host host, HostCommand what) {
        var _ =
                commands.say(
                        staff,
                        host.id(),
                        new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                        host.plan().version(),
                        what);
    }

    private void awaitTurns(Callable<Boolean> condition) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
                    return condition.call();
                });
    }
}
