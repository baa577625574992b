package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
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
import io.yuntai.onboarding.region.Zone;
import io.yuntai.onboarding.system.Systems;
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

/** A system that changes its zone by an application, with its host, on a real API server. */
class ZoneChangesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Fabric8Cluster cluster;
    private KubernetesClient client;
    private Onboarding onboarding;
    private Actor staff;
    private Host host;

    @BeforeEach
    void oneConfirmedHost() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        cluster = Fabric8Cluster.connect(new ClusterName("real"), kubeconfig);
        client =
                new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        onboarding =
                Onboarding.ofTwoPools(
                        "z" + UUID.randomUUID().toString().substring(0, 12),
                        Onboarding.INTERNET,
                        cluster);
        staff = onboarding.person("staff");
        confirmed(delivered(onboarding.approved(onboarding.submitted(staff, 1))));
        host = onboarding.get(Hosts.class).of(onboarding.system()).getFirst();
    }

    @AfterEach
    void stop() {
        var findings = onboarding.get(LedgerAudits.class).findings();
        onboarding.get(Hosts.class).of(onboarding.system()).stream()
                .map(Host::namespace)
                .distinct()
                .forEach(namespace -> cluster.deleteNamespace(new NamespaceName(namespace)));
        client.close();
        onboarding.close();
        assertThat(findings).isEmpty();
    }

    @Test
    void theRegisterTheHostItsNamespaceAndTheQuotaFollow() {
        assertRefused(() -> submitted(Onboarding.INTERNET, move()), "WRONG_ZONE");

        var submitted = submitted(Onboarding.INTERNET, change(Zone.EXTRANET), move());
        assertThat(zone()).isEqualTo(Zone.EXTRANET);
        assertThat(onboarding.cpu(Onboarding.INTERNET, Level.Row::locked)).isEqualTo(2000);

        var approved = onboarding.approved(submitted);

        assertThat(zone()).isEqualTo(Zone.INTERNET);
        assertThat(onboarding.audited())
                .filteredOn(one -> one.action().equals("system.zone"))
                .extracting(Audited::detail)
                .containsExactly("extranet → internet " + submitted.number());
        var delivered = delivered(approved);
        var made = onboarding.get(Hosts.class).ofApplication(submitted.id().value()).getFirst();
        assertThat(made.pool()).isEqualTo(Onboarding.INTERNET);
        assertThat(made.namespace()).isEqualTo(onboarding.code() + "-internet-o");
        assertThat(client.namespaces().withName(made.namespace()).get().getMetadata().getLabels())
                .containsEntry("yuntai.io/zone", "internet");
        assertThat(onboarding.cpu(Onboarding.INTERNET, Level.Row::committed)).isEqualTo(2000);
        assertThat(onboarding.cpu(Onboarding.POOL, Level.Row::committed)).isEqualTo(2000);
        assertThat(now(host).plan().life()).isEqualTo(HostLife.State.IN_USE);

        confirmed(delivered);

        assertThat(now(host).plan().life()).isEqualTo(HostLife.State.RECYCLE_BIN);
        // What is new is made in the zone that it is in now; what is left may be given back.
        assertRefused(
                () -> submitted(Onboarding.POOL, new Item.Hosts(1, 1, 1, 20, "ssd")), "WRONG_ZONE");
        assertRefused(
                () ->
                        submitted(
                                Onboarding.POOL,
                                new Item.NamespaceReturn(
                                        new ClusterName("real"), Optional.empty())),
                "NAMESPACE_IN_USE");
    }

    @Test
    void aSystemLeavesOnlyTheZoneThatItIsIn() {
        assertRefused(
                () -> submitted(Onboarding.INTERNET, change(new Zone("lab"))), "ZONE_CHANGED");
        var first = submitted(Onboarding.INTERNET, change(Zone.EXTRANET));
        var second = submitted(Onboarding.INTERNET, change(Zone.EXTRANET));
        var _ = delivered(onboarding.approved(first));
        assertRefused(() -> onboarding.approved(second), "ZONE_CHANGED");
        assertThat(zone()).isEqualTo(Zone.INTERNET);
    }

    private static void assertRefused(Runnable what, String code) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private Zone zone() {
        return onboarding.get(Systems.class).find(onboarding.system()).orElseThrow().zone();
    }

    private static Item change(Zone from) {
        return new Item.ZoneChange(from);
    }

    private Item move() {
        return new Item.Move(
                new Item.Subject(
                        host.id(),
                        host.name(),
                        host.storageClass(),
                        new Item.Size(host.vcpu(), (int) (host.memoryBytes() >> 30))),
                host.pool(),
                (int) (host.diskBytes() >> 30),
                host.plan().disks(),
                host.plan().setup());
    }

    private Application submitted(PoolId pool, Item... items) {
        return onboarding.submitted(
                staff, new Order(onboarding.system(), pool, "变更", 12, List.of(items)));
    }

    private Host now(Host of) {
        return onboarding.get(Hosts.class).seen(staff, of.id()).orElseThrow();
    }

    private Application now(Application application) {
        return onboarding.get(Applications.class).get(staff, application.id()).application();
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
                    var _ = Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
                    assertThat(now(application).state()).isEqualTo(Workflow.State.DELIVERED);
                });
        return now(application);
    }
}
