package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.adoption.Adoption;
import io.yuntai.onboarding.adoption.AdoptionId;
import io.yuntai.onboarding.adoption.AdoptionOutcome;
import io.yuntai.onboarding.adoption.Adoptions;
import io.yuntai.onboarding.adoption.MappingTable;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCommand;
import io.yuntai.onboarding.host.HostCommandId;
import io.yuntai.onboarding.host.HostCommands;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.MortalCluster;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.LedgerAudits;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.namespace.DriftFilter;
import io.yuntai.onboarding.namespace.Drifts;
import io.yuntai.onboarding.reconcile.Sweep;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.onboarding.register.RegisterFault;
import io.yuntai.onboarding.register.Table;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking over what ran before, on a real API server: a unit of 20 vCPU, 80 GiB and 2 TB. */
class AdoptionsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long GIB = 1L << 30;
    private static final String DIGEST = "a".repeat(64);

    private final String old = "old-" + UUID.randomUUID().toString().substring(0, 12);
    private String kubeconfig = "";
    private KubernetesClient hand;
    private MortalCluster cluster;
    private Onboarding onboarding;
    private Legacy legacy;

    @BeforeEach
    void connect() throws IOException {
        kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        hand = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        cluster = MortalCluster.connect(new ClusterName("real"), kubeconfig);
        onboarding =
                Onboarding.of(
                        "l" + old.substring(4),
                        List.of("yuntai.hosts.direct-growth=PLATFORM"),
                        cluster.cluster());
    }

    @AfterEach
    void stop() {
        if (legacy != null) {
            legacy.delete();
        }
        onboarding.close();
        hand.close();
    }

    @Test
    void aTrialSaysWhatWouldBeChargedAndLeavesNothingBehind() {
        legacy = Legacy.of(hand, old, 2);

        var taken = adopted(adopt(id(), file(), true)).namespaces().getFirst();

        assertThat(taken.hosts())
                .extracting(
                        Adoption.Machine::name,
                        Adoption.Machine::vcpu,
                        Adoption.Machine::disks,
                        Adoption.Machine::running)
                .containsExactly(tuple("legacy-1", 4, 2, true), tuple("legacy-2", 2, 1, false));
        // Two guests, a pod of 500m, and one that requests nothing and will request 100m.
        assertThat(taken.charged().get(Resource.CPU)).isEqualTo(4000 + 2000 + 500 + 100);
        assertThat(taken.charged().get(Resource.MEMORY)).isEqualTo(8 * GIB + GIB + (128L << 20));
        assertThat(taken.charged().get(Resource.storage("ssd"))).isEqualTo(185 * GIB);
        assertThat(taken.charged().get(Resource.HOSTS)).isEqualTo(2);
        assertThat(taken.launchers().get(Resource.MEMORY)).isPositive();
        assertThat(taken.notes())
                .extracting(Adoption.Note::kind, Adoption.Note::fate)
                .containsExactly(
                        tuple("LimitRange", Adoption.Fate.STAYS),
                        tuple("NetworkPolicy", Adoption.Fate.STAYS),
                        tuple("ResourceQuota", Adoption.Fate.REPLACED),
                        tuple("RoleBinding", Adoption.Fate.STAYS));
        assertThat(onboarding.get(Leases.class).of(onboarding.system())).isEmpty();
        assertThat(hosts()).isEmpty();
        assertThat(onboarding.committedCpu()).isZero();
        assertThat(hand.resourceQuotas().inNamespace(old).list().getItems()).hasSize(1);
    }

    @Test
    void whatRunsIsGovernedFromThenOnAndNothingOfItIsRestartedOrMadeAnew() {
        legacy = Legacy.of(hand, old, 2);
        var before = legacy.identities();
        var spec = legacy.machine("legacy-1").<Object>get("spec", "template");
        var id = id();

        var done = adopted(adopt(id, file(), false));
        assertThat(done.debts()).isEmpty();
        untilDone(id);

        assertThat(legacy.identities())
                .as("nothing that could restart was touched")
                .containsAllEntriesOf(before);
        assertThat(legacy.machine("legacy-1").<Object>get("spec", "template")).isEqualTo(spec);
        var labels = hand.namespaces().withName(old).get().getMetadata().getLabels();
        assertThat(labels)
                .containsEntry("yuntai.io/managed", "true")
                .containsEntry("yuntai.io/lease", "enforced")
                .containsEntry("yuntai.io/system", onboarding.system().toString());
        assertThat(hand.network().v1().networkPolicies().inNamespace(old).withName("yuntai").get())
                .isNotNull();
        assertThat(hand.limitRanges().inNamespace(old).withName("yuntai").get()).isNotNull();
        var lease = onboarding.get(Leases.class).of(onboarding.system()).getFirst();
        assertThat(lease.settled()).isTrue();
        var used = hand.resourceQuotas().inNamespace(old).withName("yuntai").get().getStatus();
        used.getUsed()
                .forEach((resource, amount) ->
                        assertThat(amount.getNumericalAmount())
                                .as(resource)
                                .isLessThanOrEqualTo(
                                        used.getHard().get(resource).getNumericalAmount()));
        assertThat(hosts())
                .extracting(Host::name, host -> host.plan().life())
                .containsExactly(
                        tuple("legacy-1", HostLife.State.IN_USE),
                        tuple("legacy-2", HostLife.State.STOPPED));
        assertThat(hosts().getFirst().plan().disks()).hasSize(1);
        assertThat(onboarding.announced()).containsExactlyInAnyOrder("legacy-1", "legacy-2");
        assertThat(onboarding.audited())
                .extracting(one -> one.action())
                .contains("adoption.adopt", "adoption.done");
        assertThat(onboarding.get(LedgerAudits.class).findings()).isEmpty();
        assertThat(drifts()).as("what others made is no drift").isEmpty();
    }

    @Test
    void aPodThatDiesIsMadeAgainAndTheQuotaOfOthersGoesWhenOursIsEnforced() {
        legacy = Legacy.of(hand, old, 2);
        var id = id();
        var _ = adopted(adopt(id, file(), false));
        untilDone(id);
        sweep();

        assertThat(hand.resourceQuotas().inNamespace(old).list().getItems())
                .extracting(quota -> quota.getMetadata().getName())
                .containsExactly("yuntai");
        for (var pod : List.of("web", "bare")) {
            hand.pods().inNamespace(old).withName(pod).withGracePeriod(0).delete();
            await().atMost(PATIENCE)
                    .until(() -> hand.pods().inNamespace(old).withName(pod).get() == null);
            var requests =
                    pod.equals("web")
                            ? Map.of("cpu", "500m", "memory", "1Gi")
                            : Map.<String, String>of();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() ->
                            hand.resource(legacy.pod(pod, requests, Map.of())).create() != null);
        }
        // And nothing that nobody has granted: there is no room beside what runs.
        assertThatThrownBy(() ->
                        hand.resource(
                                        legacy.pod(
                                                "more",
                                                Map.of("cpu", "6", "memory", "1Gi"),
                                                Map.of()))
                                .create())
                .hasMessageContaining("exceeded quota");
    }

    @Test
    void whatRunsBeyondTheGrantIsADebtThatLetsNothingNewInAndFallsWithWhatGoes() {
        legacy = Legacy.of(hand, old, 12);
        var id = id();

        var done = adopted(adopt(id, file(), false));

        assertThat(done.debts())
                .filteredOn(debt -> debt.resource().equals(Resource.CPU))
                .singleElement()
                .satisfies(debt -> {
                    assertThat(debt.node().kind()).isEqualTo(NodeRef.Kind.UNIT);
                    assertThat(debt.ceiling()).isEqualTo(20_000);
                    assertThat(debt.amount()).isEqualTo(24_000 + 2000 + 600 - 20_000);
                });
        untilDone(id);
        assertThat(onboarding.committedCpu()).isEqualTo(26_600);
        var submitted =
                onboarding
                        .get(Applications.class)
                        .submit(
                                onboarding.person("staff"),
                                new ApplicationId(UuidCreator.getTimeOrderedEpoch()),
                                onboarding.order(onboarding.systems().getLast(), 1));
        assertThat(submitted).isInstanceOf(Submission.TooLarge.class);

        destroy(hosts().getFirst());
        hand.pods()
                .inNamespace(old)
                .withName("virt-launcher-legacy-1-x")
                .withGracePeriod(0)
                .delete();
        await().atMost(PATIENCE)
                .until(() -> {
                    onboarding.later(Duration.ofMinutes(1));
                    turn();
                    return onboarding.committedCpu() < 20_000;
                });
        assertThat(hand.persistentVolumeClaims().inNamespace(old).withName("root-of-1").get())
                .as("its disks go with it")
                .satisfiesAnyOf(
                        claim -> assertThat(claim).isNull(),
                        claim ->
                                assertThat(claim.getMetadata().getDeletionTimestamp()).isNotNull());
        assertThat(hand.persistentVolumeClaims().inNamespace(old).withName("of-nobody").get())
                .isNotNull();
        assertThat(onboarding.get(LedgerAudits.class).findings()).isEmpty();
    }

    @Test
    void aDiskIsThatHostsWhichItSaysAndNotThatWhoseNameItBears() {
        legacy = Legacy.of(hand, old, 2);
        var id = id();
        var _ = adopted(adopt(id, file(), false));
        untilDone(id);
        var other = hosts().getLast();
        assertThat(other.name()).isEqualTo(Legacy.MISNAMED);
        await().atMost(PATIENCE)
                .until(() -> {
                    turn();
                    return isLabelled("root-of-2") && isLabelled(Legacy.MISNAMED);
                });
        destroy(other);
        await().atMost(PATIENCE)
                .until(() -> {
                    turn();
                    return hosts().size() == 1;
                });
        assertThat(claim("root-of-2")).isNull();
        assertThat(claim(Legacy.MISNAMED).getMetadata().getDeletionTimestamp()).isNull();
        assertThat(
                        onboarding
                                .get(Hosts.class)
                                .certificate(onboarding.person("reader"), other.id())
                                .content())
                .contains("legacy-2");
    }

    /** Of others' names nothing is counted that is none of ours. */
    @Test
    void namesOfOthersAreNoNumbersOfOurs() {
        legacy = Legacy.of(hand, old, 2);
        String code = onboarding.code();
        for (var name : List.of("vm-20261126093000123456", code + "-20261126", code + "-0041")) {
            legacy.add(name, plain());
        }
        var id = id();
        var _ = adopted(adopt(id, file(), false));
        untilDone(id);
        var submitted = onboarding.submitted(onboarding.person("staff"), 2);
        onboarding.approved(submitted);
        assertThat(hosts()).extracting(Host::name).contains(code + "-0042", code + "-0043");
    }

    private static Map<String, Object> plain() {
        return Map.of(
                "cpu", Map.of("cores", 1), "memory", Map.of("guest", "1Gi"), "devices", Map.of());
    }

    /** Until somebody says so to us. */
    @Test
    void whatOthersStartByHandStaysSoUntilTheFirstCommand() {
        legacy = Legacy.of(hand, old, 2);
        legacy.add("by-hand", plain());
        var id = id();
        var _ = adopted(adopt(id, file(), false));
        untilDone(id);
        await().atMost(PATIENCE)
                .until(() -> {
                    turn();
                    return legacy.machine("by-hand")
                            .getMetadata()
                            .getLabels()
                            .containsKey("yuntai.io/host");
                });
        assertThat(legacy.machine("by-hand").<Object>get("spec", "runStrategy"))
                .isEqualTo("Manual");
        var host = byName("by-hand");
        var version = legacy.machine("by-hand").getMetadata().getGeneration();
        turn();
        assertThat(legacy.machine("by-hand").getMetadata().getGeneration()).isEqualTo(version);
        var command = host.plan().running() ? new HostCommand.Restart() : new HostCommand.Start();
        var _ =
                onboarding
                        .get(HostCommands.class)
                        .say(
                                onboarding.person("operator"),
                                host.id(),
                                new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                                host.plan().version(),
                                command);
        await().atMost(PATIENCE)
                .until(() -> {
                    turn();
                    return "Always".equals(legacy.machine("by-hand").get("spec", "runStrategy"));
                });
    }

    private Host byName(String name) {
        return hosts().stream().filter(one -> one.name().equals(name)).findAny().orElseThrow();
    }

    private boolean isLabelled(String claim) {
        return claim(claim).getMetadata().getLabels().containsKey("yuntai.io/disk-of");
    }

    private PersistentVolumeClaim claim(String name) {
        return hand.persistentVolumeClaims().inNamespace(old).withName(name).get();
    }

    private void destroy(Host host) {
        var commands = onboarding.get(HostCommands.class);
        var binned =
                commands.say(
                        onboarding.person("operator"),
                        host.id(),
                        new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                        host.plan().version(),
                        new HostCommand.Recycle("不再需要"));
        onboarding.later(Duration.ofDays(16));
        var _ =
                commands.say(
                        onboarding.person("destroyer"),
                        host.id(),
                        new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                        ((HostCommands.Said.Taken) binned).host().plan().version(),
                        new HostCommand.Destroy("不再需要"));
    }

    @Test
    void theSameIdAdoptsOnceAndAnotherFileUnderItIsRefused() {
        legacy = Legacy.of(hand, old, 2);
        var id = id();
        var first = adopted(adopt(id, file(), false));

        assertThat(adopt(id, file(), false))
                .isInstanceOfSatisfying(
                        AdoptionOutcome.Repeated.class,
                        again -> assertThat(again.done()).isEqualTo(first));
        assertThat(onboarding.committedCpu()).isEqualTo(6600);
        assertThatThrownBy(() ->
                        onboarding
                                .get(Adoptions.class)
                                .adopt(
                                        onboarding.person("somebody"),
                                        id,
                                        "other.xlsx",
                                        "b".repeat(64),
                                        file(),
                                        false))
                .hasMessage("ID_REUSED");
    }

    @Test
    void ofTwoWhoAdoptTheSameNamespaceOneWins() throws Exception {
        legacy = Legacy.of(hand, old, 2);
        var codes = List.of(onboarding.code(), onboarding.code() + "-2");
        var people = List.of(onboarding.person("one"), onboarding.person("other"));
        var race = new ArrayList<Callable<?>>();
        for (int i = 0; i < 2; i++) {
            int at = i;
            race.add(() ->
                    onboarding
                            .get(Adoptions.class)
                            .adopt(
                                    people.get(at),
                                    id(),
                                    "findings.xlsx",
                                    DIGEST,
                                    table(row(2, "", codes.get(at))),
                                    false));
        }

        var outcomes = Onboarding.atOnce(race);

        assertThat(outcomes).filteredOn(AdoptionOutcome.Adopted.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(AdoptionOutcome.Faulty.class::isInstance)
                .singleElement()
                .satisfies(lost ->
                        assertThat(((AdoptionOutcome.Faulty) lost).faults())
                                .extracting(RegisterFault::code)
                                .containsExactly("NAMESPACE_ADOPTED"));
        assertThat(onboarding.get(LedgerAudits.class).findings()).isEmpty();
    }

    @Test
    void everyFaultIsNamedByRowAndColumnAndNothingIsAdopted() {
        legacy = Legacy.of(hand, old, 2);
        var rows =
                table(
                        row(2, "", onboarding.code()),
                        row(3, "legacy-9", onboarding.code()),
                        new Table.Row(4, cells("real", "no-such-namespace", "", onboarding.code())),
                        new Table.Row(5, cells("real", old, "", onboarding.code())),
                        new Table.Row(6, cells("nowhere", "default", "", onboarding.code())),
                        new Table.Row(7, cells("real", "kube-system", "", "no-such-system")));
        var structure =
                onboarding
                        .get(Adoptions.class)
                        .adopt(onboarding.person("first"), id(), "f.xlsx", DIGEST, rows, false);
        assertThat(faults(structure)).containsExactly("5 namespace DUPLICATE_IN_FILE");

        var others =
                new Table(
                        rows.name(),
                        rows.columns(),
                        rows.rows().stream().filter(row -> row.number() != 5).toList());
        var outcome =
                onboarding
                        .get(Adoptions.class)
                        .adopt(onboarding.person("second"), id(), "f.xlsx", DIGEST, others, false);

        assertThat(faults(outcome))
                .containsExactlyInAnyOrder(
                        "3 host HOST_UNKNOWN",
                        "4 namespace NAMESPACE_UNKNOWN",
                        "6 cluster CLUSTER_UNKNOWN",
                        "7 system SYSTEM_UNKNOWN");
        assertThat(onboarding.get(Leases.class).of(onboarding.system())).isEmpty();
        assertThat(onboarding.audited())
                .filteredOn(one -> one.action().equals("adoption.adopt"))
                .hasSize(2)
                .allMatch(one -> one.outcome() == io.yuntai.onboarding.Audited.Outcome.FAILURE);
    }

    @Test
    void whatCouldNotBeMadeAnewUnderOurRulesIsAFaultBeforeItIsAProblem() {
        legacy = Legacy.of(hand, old, 2);
        var privileged = legacy.pod("privileged", Map.of("cpu", "1", "memory", "1Gi"), Map.of());
        privileged.getSpec().setHostNetwork(true);
        hand.resource(privileged).create();

        assertThat(adopt(id(), file(), true))
                .isInstanceOfSatisfying(
                        AdoptionOutcome.Faulty.class,
                        faulty -> {
                            assertThat(faulty.faults())
                                    .extracting(RegisterFault::code)
                                    .containsOnly("POD_INADMISSIBLE");
                            assertThat(faulty.faults().toString()).contains("privileged");
                        });
    }

    @Test
    void whatHasComeSinceTheFileWasHandedInIsChargedBeforeTheLeaseCloses() {
        legacy = Legacy.of(hand, old, 2);
        var id = id();
        var _ = adopted(adopt(id, file(), false));
        hand.resource(legacy.pod("late", Map.of("cpu", "15", "memory", "1Gi"), Map.of())).create();

        untilDone(id);

        assertThat(onboarding.committedCpu()).isEqualTo(6600 + 15_000);
        assertThat(onboarding.get(Leases.class).of(onboarding.system()).getFirst().granted())
                .satisfies(granted ->
                        assertThat(Amounts.of(Resource.CPU, 21_600).fitsWithin(granted)).isTrue());
        assertThat(onboarding.get(LedgerAudits.class).findings()).isEmpty();
    }

    @Test
    void aHostThatWasTakenOverGetsAnotherSizeByCommandAndByAnApplication() {
        legacy = Legacy.of(hand, old, 2);
        var id = id();
        var _ = adopted(adopt(id, file(), false));
        untilDone(id);
        hand.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace(old)
                .withName("legacy-2")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        """
                        {"spec":{"template":{"spec":{"domain":{"resources":{
                          "requests":{"cpu":"1","memory":"2Gi"},"limits":{"memory":"5Gi"}}}}}}}
                        """);
        long before = onboarding.committedCpu();
        var first = hosts().getFirst();

        var _ =
                onboarding
                        .get(HostCommands.class)
                        .say(
                                onboarding.person("operator"),
                                first.id(),
                                new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                                first.plan().version(),
                                new HostCommand.Resize(8, 6 * GIB));

        assertThat(onboarding.committedCpu() - before).isEqualTo(4000);
        untilSized("legacy-1", Map.of("sockets", 2, "cores", 4, "threads", 1), "6144Mi");

        var second = hosts().getLast();
        var submitted =
                onboarding.submitted(
                        onboarding.person("staff"),
                        new Order(
                                onboarding.system(),
                                Onboarding.POOL,
                                "扩容",
                                12,
                                List.of(
                                        new Item.Resize(
                                                new Item.Subject(
                                                        second.id(),
                                                        second.name(),
                                                        second.storageClass(),
                                                        new Item.Size(2, 4)),
                                                new Item.Size(3, 8)))));
        onboarding.approved(submitted);

        assertThat(onboarding.committedCpu() - before).isEqualTo(5000);
        untilSized("legacy-2", Map.of("cores", 3), "8192Mi");
        var machine = legacy.machine("legacy-2");
        assertThat(machine.<Object>get("spec", "template", "spec", "domain", "resources"))
                .as("what its launcher asks for is what its guest has")
                .isEqualTo(
                        Map.of(
                                "requests",
                                Map.of("cpu", "3", "memory", "8589934592"),
                                "limits",
                                Map.of("memory", "8589934592")));
        assertThat(onboarding.get(LedgerAudits.class).findings()).isEmpty();
        assertThat(drifts()).as("we wanted it").isEmpty();
    }

    private void untilSized(String name, Map<String, Integer> cpu, String memory) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    turn();
                    var machine = legacy.machine(name);
                    assertThat(machine.<Object>get("spec", "template", "spec", "domain", "cpu"))
                            .isEqualTo(cpu);
                    assertThat(
                                    machine.<Object>get(
                                            "spec",
                                            "template",
                                            "spec",
                                            "domain",
                                            "memory",
                                            "guest"))
                            .isEqualTo(memory);
                });
    }

    /**
     * It never has two namespaces of a pool on one cluster: nobody would look after one of them.
     */
    @ParameterizedTest
    @ValueSource(strings = {"HELD", "CLOSED"})
    void ofASystemThatHasOrHadANamespaceThereNoOtherIsTakenOver(String tenure) {
        legacy = Legacy.of(hand, old, 1);
        assertThat(
                        onboarding
                                .jdbc()
                                .sql(
                                        """
                                        insert into lease (cluster, namespace, system, pool, epoch,
                                                           enforced_epoch, tenure)
                                        values ('real', 'its-own', ?, ?, 0, 0, ?)
                                        """)
                                .params(
                                        onboarding.system().value(),
                                        Onboarding.POOL.toString(),
                                        tenure)
                                .update())
                .isEqualTo(1);

        assertThat(faults(adopt(id(), file(), false)))
                .containsExactly("2 system SYSTEM_HAS_NAMESPACE");
        assertThat(hosts()).isEmpty();
    }

    /**
     * Each who takes over comes one write further than the one before, counted by what was left for
     * him to do: in one round his last one never got out, in the other nobody heard the answer.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void killedAtOneWriteAfterAnotherWhoeverTakesOverCompletesIt(boolean beforeItsEffect) {
        legacy = Legacy.of(hand, old, 2);
        var id = id();
        var _ = adopted(adopt(id, file(), false));
        var before = legacy.identities();
        int killed = 0;
        for (int write = 0; write < 40 && !isDone(id); write++) {
            cluster.dieAt(write, beforeItsEffect);
            try {
                untilDone(id);
            } catch (MortalCluster.Killed e) {
                killed++;
                cluster = MortalCluster.connect(new ClusterName("real"), kubeconfig);
                var heir = onboarding.another(cluster.cluster());
                onboarding.closeServer();
                onboarding = heir;
            }
        }
        // How many writes there are is by how far each has come.
        assertThat(killed).isGreaterThan(3);
        assertThat(isDone(id)).isTrue();
        assertThat(legacy.identities()).containsAllEntriesOf(before);
        assertThat(onboarding.committedCpu()).isEqualTo(6600);
        assertThat(hosts()).hasSize(2);
    }

    private static AdoptionId id() {
        return new AdoptionId(UuidCreator.getTimeOrderedEpoch());
    }

    private AdoptionOutcome adopt(AdoptionId id, Table table, boolean validateOnly) {
        return onboarding
                .get(Adoptions.class)
                .adopt(
                        onboarding.person("u" + UUID.randomUUID()),
                        id,
                        "findings.xlsx",
                        DIGEST,
                        table,
                        validateOnly);
    }

    private static Adoption adopted(AdoptionOutcome outcome) {
        return switch (outcome) {
            case AdoptionOutcome.Adopted(var done) -> done;
            case AdoptionOutcome.Repeated(var done) -> done;
            case AdoptionOutcome.Faulty(var faults, _) ->
                    throw new AssertionError(faults.toString());
        };
    }

    private static List<String> faults(AdoptionOutcome outcome) {
        return ((AdoptionOutcome.Faulty) outcome)
                .faults().stream()
                        .map(fault ->
                                fault.row().orElse(0)
                                        + " "
                                        + fault.column().orElse("")
                                        + " "
                                        + fault.code())
                        .toList();
    }

    private Table file() {
        return table(row(2, "", onboarding.code()), row(3, "legacy-1", ""));
    }

    private Table.Row row(int number, String host, String system) {
        return new Table.Row(number, cells("real", old, host, system));
    }

    private static List<String> cells(
            String cluster, String namespace, String host, String system) {
        return List.of("", cluster, namespace, host, "", "", "", "", system, "", "");
    }

    private static Table table(Table.Row... rows) {
        return new Table("findings", MappingTable.COLUMNS, List.of(rows));
    }

    private List<Host> hosts() {
        return onboarding.get(Hosts.class).of(onboarding.system());
    }

    private boolean isDone(AdoptionId id) {
        return onboarding.get(Adoptions.class).get(id).namespaces().stream()
                .allMatch(one -> one.doneAt().isPresent());
    }

    private void untilDone(AdoptionId id) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!isDone(id)) {
            turn();
            if (System.nanoTime() > until) {
                throw new AssertionError("not done: " + onboarding.get(Adoptions.class).get(id));
            }
            java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
        }
    }

    private void turn() {
        SystemId system = onboarding.system();
        var _ = Turn.take(onboarding.get(SystemReconciler.class), system);
    }

    private void sweep() {
        for (var system : onboarding.get(Sweep.class).lookThrough(cluster.cluster())) {
            var _ = Turn.take(onboarding.get(SystemReconciler.class), system);
        }
    }

    private List<?> drifts() {
        return onboarding
                .get(Drifts.class)
                .list(
                        onboarding.person("reader"),
                        new PageQuery(100, Optional.empty(), Optional.empty(), ""),
                        DriftFilter.of("real", onboarding.system()))
                .items();
    }
}
