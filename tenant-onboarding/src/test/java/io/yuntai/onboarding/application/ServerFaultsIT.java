package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.adoption.AdoptionId;
import io.yuntai.onboarding.adoption.AdoptionOutcome;
import io.yuntai.onboarding.adoption.Adoptions;
import io.yuntai.onboarding.adoption.MappingTable;
import io.yuntai.onboarding.cluster.ClusterHealth;
import io.yuntai.onboarding.cluster.ClusterIdentities;
import io.yuntai.onboarding.cluster.ClusterRoster;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.kubernetes.Symptom;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.onboarding.reconcile.Sweep;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.onboarding.register.Table;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.LocalKubernetes;
import io.yuntai.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What befalls an API server in the middle of deliveries; each on a cluster of its own. */
class ServerFaultsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final ClusterName NAME = new ClusterName("frail");
    private static final String MACHINES = "virtualmachines.kubevirt.io";

    /** Not asked for: it may be gone. */
    private static final ResourceDefinitionContext VIRTUAL_MACHINES =
            new ResourceDefinitionContext.Builder()
                    .withGroup("kubevirt.io")
                    .withVersion("v1")
                    .withKind("VirtualMachine")
                    .withPlural("virtualmachines")
                    .withNamespaced(true)
                    .build();

    private LocalKubernetes server;
    private KubernetesClient hand;
    private Onboarding onboarding;
    private Actor applicant;
    private Actor approver;

    @BeforeEach
    void start() throws IOException {
        if (!LocalKubernetes.canRun()) {
            throw Requirement.missing("a cluster of one's own: install Go 1.26 or later");
        }
        server = LocalKubernetes.start(LocalKubernetes.Options.forTests());
        String kubeconfig = Files.readString(server.kubeconfig());
        hand = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        onboarding =
                Onboarding.large(
                        "v" + UUID.randomUUID().toString().substring(0, 12),
                        Fabric8Cluster.connect(NAME, kubeconfig));
        applicant = onboarding.person("applicant");
        approver = onboarding.person("approver");
    }

    @AfterEach
    void stop() {
        if (onboarding != null) {
            onboarding.get(ReconcileQueue.class).stop();
            onboarding.close();
            hand.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void withoutKubeVirtHostsWaitWithAReasonNamespacesGoOnAndThenTheHostsDoSoWithoutARestart()
            throws Exception {
        var definition = hand.apiextensions().v1().customResourceDefinitions().withName(MACHINES);
        var kept = definition.get();
        definition.delete();
        await().atMost(PATIENCE).until(() -> definition.get() == null);
        var hosts = approved(onboarding.order(2));
        var namespace =
                approved(
                        new Order(
                                onboarding.systems().get(1),
                                Onboarding.POOL,
                                "测试",
                                12,
                                List.of(new Item.Namespace(1, 1, 1, "ssd"))));
        onboarding.get(ReconcileQueue.class).start();

        awaitState(namespace, Workflow.State.DELIVERED);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(onboarding.get(Hosts.class).of(onboarding.system()))
                                .hasSize(2)
                                .allSatisfy(host -> {
                                    assertThat(host.reason()).contains("no VirtualMachine");
                                    assertThat(host.state()).isEqualTo(Host.State.PROVISIONING);
                                }));
        assertThat(state(hosts)).isEqualTo(Workflow.State.DELIVERING);
        assertThat(onboarding.get(ClusterRoster.class).health(NAME).status())
                .isNotEqualTo(ClusterHealth.Status.UNAVAILABLE);

        hand.resource(
                        new CustomResourceDefinitionBuilder()
                                .withNewMetadata()
                                .withName(MACHINES)
                                .withAnnotations(kept.getMetadata().getAnnotations())
                                .endMetadata()
                                .withSpec(kept.getSpec())
                                .build())
                .create();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> machines().size() == 2);
        server.restartKwok();
        awaitState(hosts, Workflow.State.DELIVERED);
        assertThat(machines()).hasSize(2);
        assertThat(onboarding.announced()).hasSize(2).doesNotHaveDuplicates();
    }

    /** With one that we have made and would make again, and two of others', who are reported. */
    @Test
    void hostsWhoseKindIsNotServedForAWhileAreNotTakenForDeletedAndWhoWaitsSaysSo() {
        approved(onboarding.order(1));
        var legacy = Legacy.of(hand, "old", 2);
        var adopted = adopted("old");
        var adoptions = onboarding.get(Adoptions.class);
        untilRunning(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    look();
                    assertThat(adoptions.get(adopted).namespaces())
                            .allMatch(one -> one.doneAt().isPresent());
                });
        look();
        var shown = shown();
        assertThat(shown).hasSize(3);
        var machines = machines();
        var identities = legacy.identities();
        var cluster = onboarding.get(Clusters.class).named(NAME).orElseThrow();
        var measured = hosts(cluster.measure(new NamespaceName("old")));
        assertThat(measured).isEqualTo(2);

        serve(false);
        approved(onboarding.order(1));
        for (int look = 0; look < 3; look++) {
            look();
        }
        assertThat(hosts(cluster.measure(new NamespaceName("old")))).isEqualTo(measured);
        assertThat(shown())
                .containsAllEntriesOf(shown)
                .hasSize(4)
                .hasValueSatisfying(
                        new Condition<>(
                                one ->
                                        one.startsWith("PROVISIONING")
                                                && one.contains("no VirtualMachine"),
                                "waits for the kind"));
        assertThat(drifts()).isZero();

        serve(true);
        untilRunning(2);
        assertThat(machines()).containsAllEntriesOf(machines).hasSize(2);
        assertThat(legacy.identities()).isEqualTo(identities);
        assertThat(shown()).containsAllEntriesOf(shown).hasSize(4);
        assertThat(drifts()).isZero();
    }

    private AdoptionId adopted(String namespace) {
        var id = new AdoptionId(UuidCreator.getTimeOrderedEpoch());
        var system = onboarding.code() + "-2";
        var row =
                new Table.Row(
                        2,
                        List.of("", NAME.value(), namespace, "", "", "", "", "", system, "", ""));
        assertThat(
                        onboarding
                                .get(Adoptions.class)
                                .adopt(
                                        applicant,
                                        id,
                                        "findings.xlsx",
                                        "a".repeat(64),
                                        new Table("findings", MappingTable.COLUMNS, List.of(row)),
                                        false))
                .isInstanceOf(AdoptionOutcome.Adopted.class);
        return id;
    }

    /** Looks through the cluster, and at each system. */
    private void look() {
        var cluster = onboarding.get(Clusters.class).named(NAME).orElseThrow();
        var _ = onboarding.get(Sweep.class).lookThrough(cluster);
        for (var system : onboarding.systems()) {
            var _ = Turn.take(onboarding.get(SystemReconciler.class), system);
        }
    }

    private void untilRunning(int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    look();
                    assertThat(onboarding.get(Hosts.class).of(onboarding.system()))
                            .hasSize(count)
                            .allMatch(host -> host.state() == Host.State.RUNNING);
                });
    }

    /** What is said of each host, by its name. */
    private Map<String, String> shown() {
        return onboarding.systems().stream()
                .flatMap(system -> onboarding.get(Hosts.class).of(system).stream())
                .collect(Collectors.toMap(Host::name, host -> host.state() + " " + host.reason()));
    }

    /** What was recorded of hands, or begun. */
    private long drifts() {
        return onboarding
                .jdbc()
                .sql(
                        """
                        select (select count(*) from drift where kind = 'VirtualMachine')
                            + (select count(*) from drift_begun)
                        """)
                .query(Long.class)
                .single();
    }

    private static long hosts(Reading<Amounts> measured) {
        return measured instanceof Reading.Read<Amounts>(var amounts)
                ? amounts.get(Resource.HOSTS)
                : -1;
    }

    private void serve(boolean served) {
        var definitions = hand.apiextensions().v1().customResourceDefinitions();
        var _ =
                definitions
                        .withName(MACHINES)
                        .edit(definition -> {
                            definition.getSpec().getVersions().getFirst().setServed(served);
                            return definition;
                        });
        String path = "/apis/kubevirt.io/v1/namespaces/old/virtualmachines";
        await().atMost(PATIENCE).until(() -> (hand.raw(path) != null) == served);
    }

    @Test
    void anApiServerThatStandsStillForAMinuteDoublesNothingAndLosesNothing() throws Exception {
        deliverThrough(
                server::stopApiServer, Duration.ofMinutes(1), () -> server.continueApiServer());
    }

    @Test
    void anApiServerThatCrashesAndIsStartedAgainDoublesNothingAndLosesNothing() throws Exception {
        deliverThrough(
                server::killApiServer, Duration.ofSeconds(5), () -> server.restartApiServer());
    }

    private interface Deed {
        void go() throws IOException;
    }

    /** Whose API server is gone for so long from when that was noticed on. */
    private void deliverThrough(Runnable end, Duration gone, Deed begin) throws Exception {
        int all = 40;
        var application = approved(onboarding.order(all));
        onboarding.get(ReconcileQueue.class).start();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> machines().size() >= 3);
        var before = machines();
        end.run();
        try {
            await().atMost(PATIENCE)
                    .until(() ->
                            onboarding.get(ClusterRoster.class).health(NAME).status()
                                    == ClusterHealth.Status.UNAVAILABLE);
            Thread.sleep(gone);
            assertThat(state(application)).isEqualTo(Workflow.State.DELIVERING);
        } finally {
            begin.go();
        }
        assertThat(before).as("gone in the middle").hasSizeLessThan(all);
        awaitState(application, Workflow.State.DELIVERED);

        var after = machines();
        assertThat(after).hasSize(all).containsAllEntriesOf(before);
        assertThat(onboarding.get(Hosts.class).of(onboarding.system()))
                .hasSize(all)
                .allMatch(host -> host.state() == Host.State.RUNNING);
        assertThat(onboarding.announced()).hasSize(all).doesNotHaveDuplicates();
        assertThat(hand.persistentVolumeClaims().inNamespace(namespace()).list().getItems())
                .hasSize(all);
        assertThat(hand.resourceQuotas().inNamespace(namespace()).list().getItems()).hasSize(1);
        assertThat(onboarding.committedCpu()).isEqualTo(all * 2000L);
        assertThat(onboarding.get(Leases.class).of(onboarding.system())).hasSize(1);
        await().atMost(PATIENCE)
                .until(() ->
                        onboarding.get(ClusterRoster.class).health(NAME).status()
                                != ClusterHealth.Status.UNAVAILABLE);
    }

    /**
     * The new cluster is not touched before a person accepts it; then everything is there again
     * once, nothing was free meanwhile, and what was granted stays granted.
     */
    @Test
    void ofAnEmptiedEtcdAllIsMadeAgainWhenAPersonAcceptsTheNewIdentity() throws Exception {
        var application = approved(onboarding.order(3));
        onboarding.get(ReconcileQueue.class).start();
        awaitState(application, Workflow.State.DELIVERED);
        var before = machines();
        var lease = onboarding.get(Leases.class).of(onboarding.system()).getFirst();
        long committed = onboarding.committedCpu();
        var identities = onboarding.get(ClusterIdentities.class);
        await().atMost(PATIENCE).until(() -> uid() != null);
        assertThat(identities.changed()).isEmpty();

        server.emptyEtcd();
        await().atMost(PATIENCE).until(() -> !identities.changed().isEmpty());
        var changed = identities.changed().get(NAME);
        assertThat(changed.known().value()).isEqualTo(uid());
        onboarding.get(ReconcileQueue.class).sweep();
        onboarding.get(ReconcileQueue.class).wake(onboarding.system());
        Thread.sleep(Duration.ofSeconds(5));
        assertThat(hand.namespaces().withName(namespace()).get()).isNull();
        assertThat(onboarding.get(ClusterRoster.class).health(NAME).symptoms())
                .first()
                .satisfies(symptom ->
                        assertThat(symptom.kind()).isEqualTo(Symptom.Kind.IDENTITY_CHANGED));
        assertThat(onboarding.committedCpu()).isEqualTo(committed);

        assertThatThrownBy(() ->
                        identities.accept(
                                approver, UUID.randomUUID(), NAME, changed.known(), "etcd 丢失"))
                .hasMessageContaining("IDENTITY_CHANGED_AGAIN");
        var id = UUID.randomUUID();
        var remade = identities.accept(approver, id, NAME, changed.found(), "etcd 丢失");
        assertThat(remade.namespaces()).isEqualTo(1);
        assertThat(remade.hosts()).isEqualTo(3);
        assertThat(identities.accept(approver, id, NAME, changed.found(), "etcd 丢失").hosts())
                .isEqualTo(3);
        assertThat(onboarding.audited())
                .filteredOn(one -> one.action().equals("cluster.acceptIdentity"))
                .singleElement()
                .satisfies(one ->
                        assertThat(one.detail())
                                .contains(changed.known().value(), changed.found().value()));
        assertThatThrownBy(() -> approved(onboarding.order(1)))
                .hasMessageContaining("NO_CLUSTER_FOR_POOL");

        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    onboarding.get(ReconcileQueue.class).sweep();
                    assertThat(machines()).hasSameSizeAs(before);
                    assertThat(onboarding.get(Hosts.class).of(onboarding.system()))
                            .allMatch(host -> host.state() == Host.State.RUNNING);
                    assertThat(
                                    hand.rbac()
                                            .roleBindings()
                                            .inNamespace(namespace())
                                            .list()
                                            .getItems())
                            .hasSize(2);
                    assertThat(hand.limitRanges().inNamespace(namespace()).list().getItems())
                            .hasSize(1);
                });
        assertThat(machines().keySet()).isEqualTo(before.keySet());
        assertThat(machines().values()).doesNotContainAnyElementsOf(before.values());
        assertThat(hand.resourceQuotas().inNamespace(namespace()).list().getItems())
                .singleElement()
                .satisfies(quota ->
                        assertThat(
                                        Long.parseLong(
                                                quota.getMetadata()
                                                        .getAnnotations()
                                                        .get("yuntai.io/epoch")))
                                .isGreaterThan(lease.epoch().value()));
        assertThat(onboarding.committedCpu()).isEqualTo(committed);
        assertThat(onboarding.announced()).hasSize(3).doesNotHaveDuplicates();
        assertThat(uid()).isEqualTo(changed.found().value());
    }

    private String uid() {
        return onboarding
                .jdbc()
                .sql("select uid from cluster where name = ?")
                .param(NAME.value())
                .query(String.class)
                .list()
                .getFirst();
    }

    private Application approved(Order order) {
        var submitted = onboarding.submitted(applicant, order);
        return onboarding.approved(submitted);
    }

    private void awaitState(Application application, Workflow.State state) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(state(application))
                                .as("%s", onboarding.get(Hosts.class).of(onboarding.system()))
                                .isEqualTo(state));
    }

    private Workflow.State state(Application application) {
        return onboarding
                .get(Applications.class)
                .get(approver, application.id())
                .application()
                .state();
    }

    /** Each machine of the first system, with its uid. */
    private Map<String, String> machines() {
        return hand
                .genericKubernetesResources(VIRTUAL_MACHINES)
                .inNamespace(namespace())
                .list()
                .getItems()
                .stream()
                .map(GenericKubernetesResource::getMetadata)
                .collect(Collectors.toMap(meta -> meta.getName(), meta -> meta.getUid()));
    }

    private String namespace() {
        return onboarding.code() + "-extranet-o";
    }
}
