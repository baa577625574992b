package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostMigration;
import io.yuntai.onboarding.host.HostMigrationEntry;
import io.yuntai.onboarding.host.HostMigrationFilter;
import io.yuntai.onboarding.host.HostMigrationId;
import io.yuntai.onboarding.host.HostMigrations;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.kubernetes.Instances;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Ledger;
import io.yuntai.onboarding.ledger.LedgerAudits;
import io.yuntai.onboarding.ledger.QuotaTree;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.reconcile.Sweep;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A live migration on a real API server with the guards in force. The test plays KubeVirt: it makes
 * the second launcher and says when it is over.
 */
class MigrationsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KUBEVIRT = "system:serviceaccount:kubevirt:kubevirt-controller";
    private static final String MARK = "kubevirt.io/migrationJobUID";
    private static final String CLOSED = "a host is being moved";

    private final String bindings = "migrations-" + UUID.randomUUID();
    private KubernetesClient hand;
    private KubernetesClient kubevirt;
    private KubernetesClient tenant;
    private Fabric8Cluster cluster;
    private Onboarding onboarding;
    private Host host;

    @BeforeEach
    void aHostThatRunsAndFillsItsLease() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        hand = client(kubeconfig, "");
        kubevirt = client(kubeconfig, KUBEVIRT);
        tenant = client(kubeconfig, "tenant-" + bindings);
        cluster = Fabric8Cluster.connect(new ClusterName("real"), kubeconfig);
        onboarding = Onboarding.of("m" + UUID.randomUUID().toString().substring(0, 12), cluster);
        hand.resource(
                        new ClusterRoleBindingBuilder()
                                .withNewMetadata()
                                .withName(bindings)
                                .endMetadata()
                                .withNewRoleRef(
                                        "rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                                .addNewSubject("rbac.authorization.k8s.io", "User", KUBEVIRT, null)
                                .addNewSubject(
                                        "rbac.authorization.k8s.io",
                                        "User",
                                        "tenant-" + bindings,
                                        null)
                                .build())
                .create();
        assertThat(cluster.guard()).isNotNull();
        var submitted = onboarding.submitted(onboarding.person("staff"), 1);
        var _ = onboarding.approved(submitted);
        turnsUntil(() -> host().plan().life() == HostLife.State.TRIAL);
        host = host();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> kubevirt.resource(launcher("source", Map.of())).create() != null);
    }

    private static KubernetesClient client(String kubeconfig, String as) {
        var config = Config.fromKubeconfig(kubeconfig);
        if (!as.isEmpty()) {
            config.setImpersonateUsername(as);
        }
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterEach
    void stop() {
        hand.rbac().clusterRoleBindings().withName(bindings).delete();
        hand.nodes().withName("node-" + bindings).delete();
        if (host != null) {
            hand.namespaces().withName(host.namespace()).delete();
        }
        onboarding.close();
        tenant.close();
        kubevirt.close();
        hand.close();
    }

    @Test
    void theSecondLauncherIsThePlatformsAndNobodyElseTakesItsRoom() {
        long before = infrastructure();
        var migrations = onboarding.get(HostMigrations.class);
        var id = new HostMigrationId(UuidCreator.getTimeOrderedEpoch());
        var operator = onboarding.person("mover");
        var _ = migrations.order(operator, host.id(), id, "节点维护");
        assertThat(migrations.order(operator, host.id(), id, "节点维护").id()).isEqualTo(id);
        assertThatThrownBy(() ->
                        migrations.order(
                                operator,
                                host.id(),
                                new HostMigrationId(UuidCreator.getTimeOrderedEpoch()),
                                ""))
                .hasMessage("MIGRATION_UNDER_WAY");

        turnsUntil(() -> state() == HostMigration.State.CLOSED);
        assertThat(infrastructure()).as("nothing is paid before it is closed").isEqualTo(before);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThatThrownBy(() -> tenant.resource(pod("mine", Map.of())).create())
                                .hasMessageContaining(CLOSED));

        onboarding.later(Duration.ofSeconds(46));
        turnsUntil(() -> state() == HostMigration.State.MOVING);
        assertThat(infrastructure() - before).isEqualTo(2000);
        assertThat(onboarding.committedCpu()).as("not the unit's").isEqualTo(2000);
        assertThat(hard()).isEqualTo(4000);
        String uid = migration().getMetadata().getUid();
        await().atMost(PATIENCE)
                .until(() ->
                        uid.equals(
                                        hand.namespaces()
                                                .withName(host.namespace())
                                                .get()
                                                .getMetadata()
                                                .getLabels()
                                                .get("yuntai.io/gate"))
                                || turned());
        attack(uid);

        moves(uid);
        turnsUntil(() -> state() == HostMigration.State.RELEASING);
        assertThat(listed("node-9"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.migration().nodes())
                            .isEqualTo(new HostMigration.Nodes("node-7", "node-9"));
                    assertThat(entry.migration().state().charged()).isTrue();
                    assertThat(entry.migration().surge().get(Resource.CPU)).isEqualTo(2000);
                });
        assertThat(listed("node-8")).isEmpty();
        assertThatThrownBy(() -> tenant.resource(pod("mine", Map.of())).create())
                .hasMessageContaining(CLOSED);
        turnsUntil(() -> state() == HostMigration.State.ENDED);
        assertThat(hard()).as("released before it opens").isEqualTo(2000);
        turnsUntil(() ->
                !hand.namespaces()
                        .withName(host.namespace())
                        .get()
                        .getMetadata()
                        .getLabels()
                        .containsKey("yuntai.io/gate"));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThatThrownBy(() -> tenant.resource(pod("mine", Map.of())).create())
                                .hasMessageContaining("exceeded quota"));
        turnsUntil(() -> {
            onboarding.later(Duration.ofSeconds(50));
            return infrastructure() == before;
        });
        assertThat(onboarding.committedCpu()).isEqualTo(2000);
        assertThat(onboarding.get(LedgerAudits.class).findings()).isEmpty();
        assertThat(onboarding.audited())
                .extracting(one -> one.action())
                .contains("host.migrate", "host.migrated");
    }

    /** Whatever a tenant may do in his namespace, he finds none of it. */
    private void attack(String uid) {
        assertThatThrownBy(() -> tenant.resource(pod("mine", Map.of())).create())
                .hasMessageContaining(CLOSED);
        assertThatThrownBy(() -> tenant.resource(pod("marked", Map.of(MARK, uid))).create())
                .as("marked as the target")
                .hasMessageContaining(CLOSED);
        assertThatThrownBy(() -> kubevirt.resource(launcher("other", Map.of())).create())
                .as("a machine that he starts meanwhile")
                .hasMessageContaining(CLOSED);
        assertThatThrownBy(() -> kubevirt.resource(launcher("old", Map.of(MARK, "x"))).create())
                .as("the target of another migration")
                .hasMessageContaining(CLOSED);
        assertThatThrownBy(() ->
                        tenant.pods()
                                .inNamespace(host.namespace())
                                .withName("source")
                                .subresource("resize")
                                .patch(
                                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                                        """
                                        {"spec": {"containers": [
                                            {"name": "main", "resources": {"requests": {"cpu": "3"}}}]}}
                                        """))
                .as("a pod that grows where it is")
                .hasMessageContaining(CLOSED);
        assertThatThrownBy(() -> tenant.resource(machine("marked", uid)).create())
                .as("a machine whose launcher would bear the mark")
                .hasMessageContaining("only KubeVirt marks");
        assertThatThrownBy(() ->
                        tenant.namespaces()
                                .withName(host.namespace())
                                .patch(
                                        PatchContext.of(PatchType.JSON_MERGE),
                                        "{\"metadata\":{\"labels\":{\"yuntai.io/gate\":null}}}"))
                .as("he opens it himself")
                .hasMessageContaining("only Yuntai");
        assertThatThrownBy(() ->
                        tenant.genericKubernetesResources(
                                        "kubevirt.io/v1", "VirtualMachineInstanceMigration")
                                .inNamespace(host.namespace())
                                .withName(migration().getMetadata().getName())
                                .delete())
                .hasMessageContaining("only the platform moves hosts");
    }

    @Test
    void whatItsClusterCannotMoveIsSaidWithTheReasonAndNotOrdered() {
        var in = new NamespaceName(host.namespace());
        var _ = Instances.start(hand, in, host.name());
        Instances.fix(hand, in, host.name(), "PVC is not shared");
        turnsUntil(() ->
                host().notes()
                        .conditions()
                        .contains("LiveMigratable DisksNotLiveMigratable: PVC is not shared"));
        assertThatThrownBy(() ->
                        onboarding
                                .get(HostMigrations.class)
                                .order(
                                        onboarding.person("mover"),
                                        host.id(),
                                        new HostMigrationId(UuidCreator.getTimeOrderedEpoch()),
                                        ""))
                .hasMessage("NOT_MIGRATABLE");
    }

    @Test
    void whatItsClusterMovesOffANodeThatIsEmptiedIsThePlatformsTooAndWaitsForIt() {
        long before = infrastructure();
        runsOn("node-" + bindings, true);
        var taken = fillThePool(1000);
        evacuated("kubevirt-evacuation-1");
        sweep();
        turnsUntil(() -> entry().reason().contains("infrastructure is short of cpuMillis"));
        assertThat(state()).isEqualTo(HostMigration.State.WAITING);
        turns();
        assertThat(gate()).as("nothing is closed while it waits").isEmpty();

        give(taken);
        turnsUntil(() -> state() == HostMigration.State.CLOSED);
        assertThat(gate()).hasValue("closed");
        taken = fillThePool(1000);
        onboarding.later(Duration.ofSeconds(46));
        turnsUntil(() -> state() == HostMigration.State.WAITING);
        turnsUntil(() -> gate().isEmpty());

        give(taken);
        assertThat(infrastructure()).as("nothing is paid while it waits").isEqualTo(before);
        turnsUntil(() -> state() == HostMigration.State.CLOSED);
        onboarding.later(Duration.ofSeconds(46));
        turnsUntil(() -> state() == HostMigration.State.MOVING);
        assertThat(infrastructure() - before).isEqualTo(2000);
        assertThat(onboarding.committedCpu()).as("not the unit's").isEqualTo(2000);
        String uid = migration().getMetadata().getUid();
        turnsUntil(() -> gate().filter(uid::equals).isPresent());
        moves(uid);
        turnsUntil(() -> state() == HostMigration.State.ENDED);
        turnsUntil(() -> {
            onboarding.later(Duration.ofSeconds(50));
            return infrastructure() == before;
        });
        sweep();
        assertThat(state()).as("it is taken in once").isEqualTo(HostMigration.State.ENDED);
        assertThat(onboarding.get(LedgerAudits.class).findings()).isEmpty();
    }

    /** A tenant may evict his launchers: that shall cost the platform nothing. */
    @Test
    void whatLeavesANodeThatTakesMoreIsNotTakenIn() {
        runsOn("node-" + bindings, false);
        evacuated("kubevirt-evacuation-2");
        sweep();
        turns();
        assertThat(listed("")).isEmpty();
        assertThat(gate()).isEmpty();
    }

    /** Its device stays where it is. */
    @Test
    void aHostWithGraphicsProcessorsIsNotTakenIn() {
        runsOn("node-" + bindings, true);
        var _ =
                onboarding
                        .jdbc()
                        .sql("update host set gpu_model = 'a10', gpus = 1 where id = ?")
                        .param(host.id().value())
                        .update();
        evacuated("kubevirt-evacuation-4");
        sweep();
        assertThat(listed("")).isEmpty();
    }

    /** It would open again, when that one is paid for. */
    @Test
    void nothingIsClosedForWhatAnotherOneThatIsClosedIsToBePaidWith() {
        var system = onboarding.systems().getLast();
        var _ =
                onboarding.approved(
                        onboarding.submitted(
                                onboarding.person("other"), onboarding.order(system, 1)));
        var hosts = onboarding.get(Hosts.class);
        await().atMost(PATIENCE)
                .until(() -> {
                    var _ = Turn.take(onboarding.get(SystemReconciler.class), system);
                    return hosts.of(system).getFirst().plan().life() == HostLife.State.TRIAL;
                });
        var other = hosts.of(system).getFirst();
        var taken = fillThePool(3000);
        var _ =
                onboarding
                        .get(HostMigrations.class)
                        .order(
                                onboarding.person("mover"),
                                other.id(),
                                new HostMigrationId(UuidCreator.getTimeOrderedEpoch()),
                                "");
        runsOn("node-" + bindings, true);
        evacuated("kubevirt-evacuation-3");
        sweep();
        turnsUntil(() -> entry().reason().contains("infrastructure is short of cpuMillis"));
        assertThat(state()).isEqualTo(HostMigration.State.WAITING);
        give(taken);
        turnsUntil(() -> state() == HostMigration.State.CLOSED);
        hand.namespaces().withName(other.namespace()).delete();
    }

    private void runsOn(String node, boolean emptied) {
        hand.resource(
                        new NodeBuilder()
                                .withNewMetadata()
                                .withName(node)
                                .endMetadata()
                                .withNewSpec()
                                .withUnschedulable(emptied)
                                .endSpec()
                                .build())
                .create();
        var in = new NamespaceName(host.namespace());
        var _ = Instances.start(hand, in, host.name());
        Instances.place(hand, in, host.name(), node);
    }

    private void evacuated(String name) {
        var migration = new GenericKubernetesResource();
        migration.setApiVersion("kubevirt.io/v1");
        migration.setKind("VirtualMachineInstanceMigration");
        migration.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(host.namespace()).build());
        migration.setAdditionalProperty("spec", Map.of("vmiName", host.name()));
        kubevirt.resource(migration).create();
    }

    /** All that the pool has left but so much, for something of the platform's own. */
    private TransferId fillThePool(long butCpuMillis) {
        var id = new TransferId(UuidCreator.getTimeOrderedEpoch());
        var ledger = onboarding.get(Ledger.class);
        within(() -> {
            var free = ledger.fit(infrastructure(1_000_000)).each().get(Resource.CPU);
            assertThat(ledger.reserve(id, infrastructure(free - butCpuMillis), onboarding.now()))
                    .isInstanceOf(Decision.Granted.class);
        });
        return id;
    }

    private List<Leg> infrastructure(long cpuMillis) {
        return List.of(
                new Leg(
                        onboarding.get(QuotaTree.class).infrastructure(host.pool()),
                        Amounts.of(Map.of(Resource.CPU, cpuMillis))));
    }

    private void give(TransferId taken) {
        within(() ->
                onboarding
                        .get(Ledger.class)
                        .voidPending(
                                new TransferId(UuidCreator.getTimeOrderedEpoch()),
                                taken,
                                onboarding.now()));
    }

    private void within(Runnable deed) {
        new TransactionTemplate(onboarding.get(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> deed.run());
    }

    private void sweep() {
        var _ = onboarding.get(Sweep.class).lookThrough(cluster);
    }

    private void turns() {
        for (int times = 0; times < 3; times++) {
            var _ = turned();
        }
    }

    private HostMigration entry() {
        return onboarding
                .get(HostMigrations.class)
                .of(onboarding.person("r" + UUID.randomUUID()), host.id())
                .getFirst();
    }

    private Optional<String> gate() {
        return Optional.ofNullable(
                hand.namespaces()
                        .withName(host.namespace())
                        .get()
                        .getMetadata()
                        .getLabels()
                        .get("yuntai.io/gate"));
    }

    @Test
    void oneThatFailsGivesTheRoomBackAndOpensTheNamespace() {
        long before = infrastructure();
        var id = new HostMigrationId(UuidCreator.getTimeOrderedEpoch());
        var _ =
                onboarding
                        .get(HostMigrations.class)
                        .order(onboarding.person("mover"), host.id(), id, "");
        turnsUntil(() -> state() == HostMigration.State.CLOSED);
        onboarding.later(Duration.ofSeconds(46));
        turnsUntil(() -> state() == HostMigration.State.MOVING);
        end("Failed");
        turnsUntil(() -> state() == HostMigration.State.ENDED);
        turnsUntil(() -> {
            onboarding.later(Duration.ofSeconds(50));
            return infrastructure() == before;
        });
        assertThat(hard()).isEqualTo(2000);
        assertThat(onboarding.get(LedgerAudits.class).findings()).isEmpty();
    }

    private List<HostMigrationEntry> listed(String text) {
        return onboarding
                .get(HostMigrations.class)
                .list(
                        onboarding.person("reader-" + UUID.randomUUID()),
                        new PageQuery(10, Optional.empty(), Optional.empty(), text),
                        new HostMigrationFilter(
                                Optional.of(host.cluster()), Optional.empty(), true))
                .items();
    }

    private void turnsUntil(BooleanSupplier there) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    var _ = turned();
                    return there.getAsBoolean();
                });
    }

    private boolean turned() {
        var _ = Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
        return false;
    }

    private Host host() {
        return onboarding.get(Hosts.class).of(onboarding.system()).getFirst();
    }

    private HostMigration.State state() {
        return entry().state();
    }

    private long infrastructure() {
        return onboarding
                .jdbc()
                .sql(
                        """
                        select coalesce(sum(a.held), 0) from quota_account a join quota_node n on n.id = a.node
                        where n.kind = 'INFRASTRUCTURE' and a.resource = 'cpuMillis'
                        """)
                .query(Long.class)
                .single();
    }

    private long hard() {
        assertThat(onboarding.get(Leases.class).of(onboarding.system())).hasSize(1);
        return Quantity.getAmountInBytes(
                        hand.resourceQuotas()
                                .inNamespace(host.namespace())
                                .withName("yuntai")
                                .get()
                                .getStatus()
                                .getHard()
                                .get("requests.cpu"))
                .movePointRight(3)
                .longValueExact();
    }

    private GenericKubernetesResource migration() {
        return hand.genericKubernetesResources("kubevirt.io/v1", "VirtualMachineInstanceMigration")
                .inNamespace(host.namespace())
                .list()
                .getItems()
                .getFirst();
    }

    /** As KubeVirt moves one: its second launcher is let in, and the first goes. */
    private void moves(String uid) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() ->
                        kubevirt.resource(launcher("target", Map.of(MARK, uid))).create() != null);
        hand.pods().inNamespace(host.namespace()).withName("source").withGracePeriod(0).delete();
        end("Succeeded");
    }

    private void end(String phase) {
        var migration = migration();
        migration.setAdditionalProperty(
                "status",
                Map.of(
                        "phase",
                        phase,
                        "migrationState",
                        Map.of("sourceNode", "node-7", "targetNode", "node-9")));
        var _ = hand.resource(migration).updateStatus();
    }

    private Pod launcher(String name, Map<String, String> labels) {
        var pod = pod(name, labels);
        pod.getSpec()
                .getContainers()
                .getFirst()
                .getResources()
                .setRequests(Map.of("cpu", new Quantity("2"), "memory", new Quantity("4Gi")));
        return pod;
    }

    private Pod pod(String name, Map<String, String> labels) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(host.namespace())
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("example/app")
                .withNewResources()
                .addToRequests("cpu", new Quantity("1"))
                .addToRequests("memory", new Quantity("1Gi"))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    private GenericKubernetesResource machine(String name, String uid) {
        var machine = new GenericKubernetesResource();
        machine.setApiVersion("kubevirt.io/v1");
        machine.setKind("VirtualMachine");
        machine.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(host.namespace()).build());
        machine.setAdditionalProperty(
                "spec",
                Map.of(
                        "runStrategy",
                        "Always",
                        "template",
                        Map.of(
                                "metadata",
                                Map.of("labels", Map.of(MARK, uid)),
                                "spec",
                                Map.of(
                                        "domain",
                                        Map.of(
                                                "cpu", Map.of("cores", 1),
                                                "memory", Map.of("guest", "1Gi"),
                                                "devices", Map.of())))));
        return machine;
    }
}
