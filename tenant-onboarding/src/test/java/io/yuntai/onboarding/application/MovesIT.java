package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.LedgerAudits;
import io.yuntai.onboarding.ledger.Level;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hosts that move to another pool, on a real API server. */
class MovesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Fabric8Cluster cluster;
    private Onboarding onboarding;
    private Actor staff;
    private Host host;

    @BeforeEach
    void oneConfirmedHostWithADataDisk() throws IOException {
        cluster =
                Fabric8Cluster.connect(
                        new ClusterName("real"),
                        Files.readString(TestCluster.shared().kubeconfig()));
        onboarding =
                Onboarding.ofTwoPools("m" + UUID.randomUUID().toString().substring(0, 12), cluster);
        staff = onboarding.person("staff");
        confirmed(delivered(onboarding.approved(onboarding.submitted(staff, 1))));
        host = onboarding.get(Hosts.class).of(onboarding.system()).getFirst();
        var disk = new Item.Disk(Onboarding.subject(host), 10);
        confirmed(
                delivered(
                        onboarding.approved(
                                onboarding.submitted(staff, order(Onboarding.POOL, disk)))));
        host = now(host);
    }

    @AfterEach
    void stop() {
        var findings = onboarding.get(LedgerAudits.class).findings();
        onboarding.get(Hosts.class).of(onboarding.system()).stream()
                .map(Host::namespace)
                .distinct()
                .forEach(namespace -> cluster.deleteNamespace(new NamespaceName(namespace)));
        onboarding.close();
        assertThat(findings).isEmpty();
    }

    @Test
    void theNewOneIsPaidBeforeAndTheOldOneGoesWhenItsOwnerHasConfirmed() {
        var submitted = submitted(move(host));
        assertThat(onboarding.cpu(Onboarding.DOMESTIC, Level.Row::locked)).isEqualTo(2000);
        assertThat(onboarding.committedCpu()).isEqualTo(2000);

        var delivered = delivered(onboarding.approved(submitted));

        assertThat(onboarding.cpu(Onboarding.DOMESTIC, Level.Row::committed)).isEqualTo(2000);
        assertThat(onboarding.committedCpu()).isEqualTo(2000);
        assertThat(now(host).plan().life()).isEqualTo(HostLife.State.IN_USE);
        var made = made(submitted);
        assertThat(made.pool()).isEqualTo(Onboarding.DOMESTIC);
        assertThat(made.plan().disks()).isEqualTo(host.plan().disks());
        assertThat(made.plan().life()).isEqualTo(HostLife.State.TRIAL);

        confirmed(delivered);

        assertThat(now(host).plan().life()).isEqualTo(HostLife.State.RECYCLE_BIN);
        assertThat(now(made).plan().life()).isEqualTo(HostLife.State.IN_USE);
        var steps = onboarding.get(Hosts.class).steps(staff, host.id());
        assertThat(steps.getLast().note()).isEqualTo(submitted.number());
        // Whoever has a duty in the move destroys it as little as what was given back.
        var cause =
                onboarding
                        .jdbc()
                        .sql("select recycled_for_application from host where id = ?")
                        .param(host.id().value())
                        .query(UUID.class)
                        .single();
        assertThat(cause).isEqualTo(submitted.id().value());
    }

    @Test
    void silenceLeavesTheOldOneWhereItIs() {
        var delivered = delivered(onboarding.approved(submitted(move(host))));
        onboarding.get(Deliveries.class).deem(delivered.id(), "");
        assertThat(now(host).plan().life()).isEqualTo(HostLife.State.IN_USE);
        assertThat(now(made(delivered)).plan().life()).isEqualTo(HostLife.State.IN_USE);
    }

    @Test
    void theOldOneStaysWhenTheNewOneNeverCameUp() {
        var approved = onboarding.approved(submitted(move(host)));
        var deliveries = onboarding.get(Deliveries.class);
        deliveries.begun(approved);
        onboarding.later(Duration.ofHours(1));
        deliveries.stuck(now(approved), "Pending");
        confirmed(now(approved));
        assertThat(now(made(approved)).plan().life()).isEqualTo(HostLife.State.DESTROYING);
        assertThat(now(host).plan().life()).isEqualTo(HostLife.State.IN_USE);
    }

    @Test
    void aMoveThatIsCancelledGivesBackAllOfTheNewOneAndLeavesTheOldOne() {
        var approved = onboarding.approved(submitted(move(host)));
        var deliveries = onboarding.get(Deliveries.class);
        deliveries.begun(approved);
        onboarding.later(Duration.ofHours(1));
        deliveries.stuck(now(approved), "Pending");
        var _ =
                deliveries.cancel(
                        onboarding.person("operator"),
                        approved.id(),
                        now(approved).version(),
                        "不再需要");
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    onboarding.later(Duration.ofMinutes(1));
                    turn();
                    assertThat(onboarding.cpu(Onboarding.DOMESTIC, Level.Row::committed)).isZero();
                });
        assertThat(now(made(approved)).plan().life()).isEqualTo(HostLife.State.DESTROYED);
        confirmed(now(approved));
        assertThat(now(host).plan().life()).isEqualTo(HostLife.State.IN_USE);
        assertThat(onboarding.committedCpu()).isEqualTo(2000);
    }

    @Test
    void whatIsNoLongerAsItWasOrMovesAlreadyIsNotApproved() {
        var first = submitted(move(host));
        var second = submitted(move(host));
        var _ = onboarding.approved(first);
        assertThatThrownBy(() -> onboarding.approved(second))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("HOST_CHANGED"));
        assertThat(onboarding.get(Hosts.class).ofApplication(second.id().value())).isEmpty();
    }

    private static Item move(Host host) {
        return new Item.Move(
                Onboarding.subject(host),
                host.pool(),
                (int) (host.diskBytes() >> 30),
                host.plan().disks(),
                host.plan().setup());
    }

    private Application submitted(Item item) {
        return onboarding.submitted(staff, order(Onboarding.DOMESTIC, item));
    }

    private Order order(PoolId pool, Item item) {
        return new Order(onboarding.system(), pool, "迁移", 12, List.of(item));
    }

    private Host made(Application application) {
        return onboarding.get(Hosts.class).ofApplication(application.id().value()).getFirst();
    }

    private Host now(Host of) {
        return Optional.of(of.id())
                .flatMap(id -> onboarding.get(Hosts.class).seen(staff, id))
                .orElseThrow();
    }

    private Application now(Application application) {
        return onboarding.get(Applications.class).get(staff, application.id()).application();
    }

    private void turn() {
        var _ = Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
    }

    private void confirmed(Application application) {
        var _ =
                onboarding
                        .get(Deliveries.class)
                        .confirm(staff, application.id(), now(application).version());
    }

    private Application delivered(Application application) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    turn();
                    assertThat(now(application).state())
                            .as("%s", onboarding.get(Hosts.class).of(onboarding.system()))
                            .isEqualTo(Workflow.State.DELIVERED);
                });
        return now(application);
    }
}
