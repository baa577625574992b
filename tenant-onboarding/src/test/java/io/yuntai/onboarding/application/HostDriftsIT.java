package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCatalogue;
import io.yuntai.onboarding.host.HostImage;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostMade;
import io.yuntai.onboarding.host.HostSetup;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.DataVolumes;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.namespace.Drift;
import io.yuntai.onboarding.namespace.DriftEntry;
import io.yuntai.onboarding.namespace.DriftFilter;
import io.yuntai.onboarding.namespace.Drifts;
import io.yuntai.onboarding.reconcile.Sweep;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What hands change of two hosts of 2 vCPU and 4 GiB: put right, and recorded once. */
class HostDriftsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HostSetup WITH_A_SECRET =
            new HostSetup(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new HostSetup.FirstLogin(
                            "#cloud-config\nruncmd:\n- echo OURS" + "a".repeat(4000) + "\n",
                            List.of()));
    private static final String INSTANCE = "/spec/template/spec";

    private KubernetesClient hand;
    private Fabric8Cluster cluster;
    private Onboarding onboarding;

    private void twoHostsRun(String... settings) throws IOException {
        twoHostsRun(HostSetup.PLAIN, settings);
    }

    private void twoHostsRun(HostSetup setup, String... settings) throws IOException {
        String kubeconfig = connect();
        cluster = Fabric8Cluster.connect(new ClusterName("real"), kubeconfig);
        String code = "g" + UUID.randomUUID().toString().substring(0, 12);
        onboarding = Onboarding.of(code, List.of(settings), cluster);
        if (setup.image().isPresent()) {
            onboarding
                    .get(HostCatalogue.class)
                    .save(
                            onboarding.person("curator"),
                            new HostImage(
                                    setup.image().get(),
                                    "openEuler",
                                    "openEuler 24.03",
                                    HostImage.Family.LINUX,
                                    HostImage.Source.REGISTRY,
                                    "registry.example.cn/euler:1",
                                    10,
                                    false));
        }
        var order =
                new Order(
                        onboarding.system(),
                        Onboarding.POOL,
                        "测试",
                        12,
                        List.of(new Item.Hosts(2, 2, 4, 40, "ssd", setup)));
        var submitted = onboarding.submitted(onboarding.person("staff"), order);
        onboarding.approved(submitted);
        awaitTurns(() ->
                hosts().stream().allMatch(host -> host.plan().life() == HostLife.State.TRIAL));
        awaitTurns(() -> Turn.take(reconciler(), onboarding.system()));
    }

    private String connect() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        if (hand == null) {
            hand =
                    new KubernetesClientBuilder()
                            .withConfig(Config.fromKubeconfig(kubeconfig))
                            .build();
        }
        return kubeconfig;
    }

    @AfterEach
    void stop() {
        if (onboarding != null) {
            hand.namespaces().withName(hosts().getFirst().namespace()).delete();
            hand.close();
            onboarding.close();
        }
    }

    @Test
    void whateverIsOursComesBackAndWhatATenantAddsStays() throws IOException {
        twoHostsRun();
        var other = version(second());

        patch("{\"spec\":{\"template\":{\"spec\":{\"domain\":{\"cpu\":{\"cores\":64}}}}}}");
        assertRepaired("VirtualMachine", INSTANCE + "/domain/cpu/cores", "64", "2");

        patch("{\"spec\":{\"template\":{\"spec\":{\"domain\":{\"cpu\":{\"sockets\":32}}}}}}");
        assertRepaired("VirtualMachine", INSTANCE + "/domain/cpu/sockets", "32", "-");
        assertThat(machine().get().<Object>get("spec", "template", "spec", "domain", "cpu"))
                .isEqualTo(Map.of("cores", 2));

        patch(
                "{\"spec\":{\"template\":{\"spec\":{\"domain\":{\"memory\":{\"guest\":\"64Gi\"}}}}}}");
        assertRepaired("VirtualMachine", INSTANCE + "/domain/memory/guest", "64Gi", "4294967296");

        patch("{\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":null}}}}");
        assertRepaired(
                "VirtualMachine",
                INSTANCE + "/nodeSelector",
                "-",
                "{\"yuntai.io/processor\":\"" + processor() + "\"}");

        patch(
                "{\"spec\":{\"template\":{\"spec\":{\"volumes\":[{\"name\":\"system\","
                        + "\"persistentVolumeClaim\":{\"claimName\":\"mine\"}}]}}}}");
        assertRepaired(
                "VirtualMachine",
                INSTANCE + "/volumes/0/persistentVolumeClaim/claimName",
                "mine",
                first().name());

        patch("{\"metadata\":{\"labels\":{\"yuntai.io/managed\":null}}}");
        assertRepaired("VirtualMachine", "/metadata/labels/yuntai.io~1managed", "-", "true");

        var digest = digest(first());
        patch("{\"metadata\":{\"annotations\":{\"yuntai.io/digest\":\"spoilt\"}}}");
        assertRepaired(
                "VirtualMachine", "/metadata/annotations/yuntai.io~1digest", "spoilt", digest);

        patch("{\"spec\":{\"runStrategy\":\"Halted\"}}");
        assertRepaired("VirtualMachine", "/spec/runStrategy", "Halted", "Always");

        assertThat(version(second())).isEqualTo(other);
        assertThat(drifts()).hasSize(8);
    }

    @Test
    void whatATenantAddsStaysAlsoWhenOursComesBack() throws IOException {
        twoHostsRun();
        patch(
                "{\"metadata\":{\"labels\":{\"team\":\"web\"},\"annotations\":{\"note\":\"mine\"}},"
                        + "\"spec\":{\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":120,"
                        + "\"nodeSelector\":{\"disk\":\"fast\"},"
                        + "\"volumes\":[{\"name\":\"scratch\",\"emptyDisk\":{\"capacity\":\"1Gi\"}},"
                        + "{\"name\":\"system\",\"persistentVolumeClaim\":{\"claimName\":\""
                        + first().name()
                        + "\"}}]}}}}");
        var version = version(first());
        turns();
        assertThat(version(first())).isEqualTo(version);
        assertThat(drifts()).isEmpty();

        patch("{\"spec\":{\"template\":{\"spec\":{\"domain\":{\"cpu\":{\"cores\":64}}}}}}");
        assertRepaired("VirtualMachine", INSTANCE + "/domain/cpu/cores", "64", "2");
        var machine = machine().get();
        assertThat(machine.getMetadata().getLabels()).containsEntry("team", "web");
        assertThat(machine.<Object>get("spec", "template", "spec", "terminationGracePeriodSeconds"))
                .isEqualTo(120);
        assertThat(machine.<List<Map<String, Object>>>get("spec", "template", "spec", "volumes"))
                .extracting(volume -> volume.get("name"))
                .containsExactlyInAnyOrder("system", "scratch");
        assertThat(drifts()).hasSize(1);
    }

    /** Else the room that the lease has for its launcher would be free for anything. */
    @Test
    void whatItsLauncherRequestsIsNotReadFromTheMachine() throws IOException {
        twoHostsRun();
        assertThat(first().plan().made()).hasValue(new HostMade(false, false, true));
        String requests = requests();
        patch(
                "{\"spec\":{\"template\":{\"spec\":{\"domain\":{\"resources\":{\"requests\":{\"memory\":null}},"
                        + "\"devices\":{\"logSerialConsole\":null}}}}}}");
        turns();
        assertThat(requests()).isEqualTo(requests).contains("memory");
        assertThat(
                        machine()
                                .get()
                                .<Object>get(
                                        "spec",
                                        "template",
                                        "spec",
                                        "domain",
                                        "devices",
                                        "logSerialConsole"))
                .isEqualTo(false);
        assertThat(drifts())
                .extracting(Drift::field)
                .containsExactlyInAnyOrder(
                        INSTANCE + "/domain/resources/requests/memory",
                        INSTANCE + "/domain/devices/logSerialConsole");
    }

    private String requests() {
        return String.valueOf(
                machine().get().<Object>get("spec", "template", "spec", "domain", "resources"));
    }

    /** A hand writes it so once the DataVolume is collected; an image over it would lose it all. */
    @Test
    void aDiskThatWasFilledFromAnImageStaysTheSystemDisk() throws IOException {
        connect();
        try (var _ = new DataVolumes(hand)) {
            twoHostsRun(ofAnImage());
            assertThat(first().plan().made().map(HostMade::imported)).hasValue(true);
            var made = machine().get().<Object>get("spec", "dataVolumeTemplates");
            patch(
                    "{\"spec\":{\"dataVolumeTemplates\":null,\"template\":{\"spec\":{\"volumes\":[{\"name\":\"system\","
                            + "\"persistentVolumeClaim\":{\"claimName\":\""
                            + first().name()
                            + "\"}}]}}}}");
            turns();
            assertThat(machine().get().<List<Object>>get("spec", "template", "spec", "volumes"))
                    .containsExactly(
                            Map.of("name", "system", "dataVolume", Map.of("name", first().name())));
            assertThat(machine().get().<Object>get("spec", "dataVolumeTemplates")).isEqualTo(made);
            assertThat(first().state()).isEqualTo(Host.State.RUNNING);
            assertThat(drifts())
                    .extracting(Drift::field)
                    .containsExactlyInAnyOrder(
                            "/spec/dataVolumeTemplates", INSTANCE + "/volumes/0/dataVolume");
        }
    }

    /** As those that were made before it was kept, whose machine is asked once. */
    @Test
    void ofOneThatWasMadeBeforeItIsKeptByTheNextVisitHow() throws IOException {
        twoHostsRun();
        awaitTurns(() -> unsettled().isEmpty());
        onboarding
                .jdbc()
                .sql("update host set imported = null, instancetype = null, as_leased = null")
                .update();
        assertThat(unsettled()).containsExactly(onboarding.system());
        turns();
        assertThat(first().plan().made()).hasValue(new HostMade(false, false, true));
        assertThat(second().plan().made()).isEqualTo(first().plan().made());
        assertThat(drifts()).isEmpty();
    }

    private HostSetup ofAnImage() {
        return new HostSetup(
                Optional.empty(),
                Optional.of(new CatalogueRef("euler", 1)),
                Optional.empty(),
                HostSetup.FirstLogin.NONE);
    }

    @Test
    void whatIsDeletedIsMadeAgain() throws IOException {
        twoHostsRun();
        var other = version(second());
        var claims = hand.persistentVolumeClaims().inNamespace(first().namespace());
        claims.withName(first().name()).delete();
        await().atMost(PATIENCE).until(() -> claims.withName(first().name()).get() == null);
        assertRemade("PersistentVolumeClaim");
        var claim = claims.withName(first().name()).get();
        assertThat(claim).isNotNull();
        machine().delete();
        await().atMost(PATIENCE).until(() -> machine().get() == null);
        assertRemade("VirtualMachine");
        awaitTurns(() -> first().state() == Host.State.RUNNING);
        assertThat(drifts()).hasSize(2);
        assertThat(claims.withName(first().name()).get())
                .as("the disk of a machine that was made again")
                .isEqualTo(claim);
        assertThat(version(second())).isEqualTo(other);
    }

    @Test
    void aDeletedHostIsOnlyReportedWhereThatIsWhatTheBureauWants() throws IOException {
        twoHostsRun("yuntai.drift.deleted-hosts=REPORT");
        machine().delete();
        await().atMost(PATIENCE).until(() -> machine().get() == null);
        turns();
        turns();
        assertThat(machine().get()).isNull();
        assertThat(first().state()).isEqualTo(Host.State.FAILED);
        assertThat(drifts())
                .singleElement()
                .satisfies(drift -> assertThat(drift.action()).isEqualTo(Drift.Action.REPORTED));
    }

    @Test
    void aTurnThatFindsNothingChangesNothing() throws IOException {
        twoHostsRun();
        var before = List.of(version(first()), version(second()));
        turns();
        assertThat(List.of(version(first()), version(second()))).isEqualTo(before);
        assertThat(drifts()).isEmpty();
    }

    @Test
    void aSweepFindsWhatNoWatchHasTold() throws IOException {
        twoHostsRun();
        awaitTurns(() -> unsettled().isEmpty());
        patch("{\"spec\":{\"template\":{\"spec\":{\"domain\":{\"cpu\":{\"cores\":64}}}}}}");
        assertThat(unsettled()).containsExactly(onboarding.system());
        turns();
        awaitTurns(() -> unsettled().isEmpty());
        hand.persistentVolumeClaims()
                .inNamespace(first().namespace())
                .withName(first().name())
                .delete();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(unsettled()).containsExactly(onboarding.system()));
    }

    @Test
    void userDataInASecretComesBackAndNothingTellsWhatTheyAre() throws IOException {
        twoHostsRun(WITH_A_SECRET);
        var other = secret(second()).get().getMetadata().getResourceVersion();
        var made = secret(first()).get().getData();
        assertThat(made).containsOnlyKeys("userdata");

        edit("{\"data\":{\"userdata\":\"" + base64("#cloud-config\n# theirs") + "\"}}");
        assertSecretRepaired("/data/userdata", "***", "***", Drift.Action.REPAIRED);
        edit("{\"data\":{\"userdata\":null}}");
        assertSecretRepaired("/data/userdata", "-", "***", Drift.Action.REPAIRED);
        edit("{\"data\":{\"networkdata\":\"" + base64("version: 2 # theirs") + "\"}}");
        assertSecretRepaired("/data/networkdata", "***", "-", Drift.Action.REMOVED);
        edit("{\"metadata\":{\"labels\":{\"yuntai.io/managed\":null}}}");
        assertSecretRepaired(
                "/metadata/labels/yuntai.io~1managed", "-", "true", Drift.Action.REPAIRED);
        edit("{\"immutable\":true}");
        assertSecretRepaired("/immutable", "true", "-", Drift.Action.REMOVED);
        secret(first()).delete();
        assertSecretRepaired("", "-", first().name() + "-cloudinit", Drift.Action.REMADE);

        assertThat(secret(first()).get().getData()).isEqualTo(made);
        assertThat(secret(second()).get().getMetadata().getResourceVersion()).isEqualTo(other);
        assertThat(drifts()).hasSize(6);
        assertThat(drifts().toString() + onboarding.audited())
                .doesNotContain("theirs")
                .doesNotContain("OURS")
                .doesNotContain(made.get("userdata").substring(0, 40));
    }

    @Test
    void aSweepLooksAtSecretsByTurns() throws IOException {
        twoHostsRun(WITH_A_SECRET);
        awaitTurns(() -> unsettled().isEmpty());
        edit("{\"data\":{\"userdata\":\"" + base64("#cloud-config\n# theirs") + "\"}}");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(unsettled()).containsExactly(onboarding.system()));
        turns();
        awaitTurns(() -> unsettled().isEmpty());
        secret(first()).delete();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(unsettled()).containsExactly(onboarding.system()));
    }

    private void assertSecretRepaired(
            String field, String before, String after, Drift.Action action) {
        int recorded = drifts().size();
        turns();
        assertThat(drifts()).hasSize(recorded + 1);
        assertThat(drifts().getFirst())
                .extracting(
                        Drift::kind,
                        Drift::name,
                        Drift::field,
                        Drift::before,
                        Drift::after,
                        Drift::action)
                .containsExactly(
                        "Secret", first().name() + "-cloudinit", field, before, after, action);
        var version = secret(first()).get().getMetadata().getResourceVersion();
        turns();
        assertThat(secret(first()).get().getMetadata().getResourceVersion()).isEqualTo(version);
        assertThat(drifts()).hasSize(recorded + 1);
    }

    private void edit(String merge) {
        secret(first()).patch(PatchContext.of(PatchType.JSON_MERGE), merge);
    }

    private Resource<Secret> secret(Host host) {
        return hand.secrets().inNamespace(host.namespace()).withName(host.name() + "-cloudinit");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Set<SystemId> unsettled() {
        return onboarding.get(Sweep.class).unsettled(cluster);
    }

    private void assertRemade(String kind) {
        turns();
        assertThat(drifts().getFirst())
                .satisfies(drift -> {
                    assertThat(drift.kind()).isEqualTo(kind);
                    assertThat(drift.name()).isEqualTo(first().name());
                    assertThat(drift.field()).isEmpty();
                    assertThat(drift.action()).isEqualTo(Drift.Action.REMADE);
                });
    }

    /** By the latest record, and by the machine being left alone from then on. */
    private void assertRepaired(String kind, String field, String before, String after) {
        int recorded = drifts().size();
        turns();
        assertThat(drifts()).hasSize(recorded + 1);
        assertThat(drifts().getFirst())
                .satisfies(drift -> {
                    assertThat(drift.kind()).isEqualTo(kind);
                    assertThat(drift.name()).isEqualTo(first().name());
                    assertThat(drift.field()).isEqualTo(field);
                    assertThat(drift.before()).isEqualTo(before);
                    assertThat(drift.after()).isEqualTo(after);
                    assertThat(drift.action())
                            .isEqualTo(
                                    after.equals("-")
                                            ? Drift.Action.REMOVED
                                            : Drift.Action.REPAIRED);
                });
        var version = version(first());
        turns();
        assertThat(version(first())).isEqualTo(version);
        assertThat(drifts()).hasSize(recorded + 1);
    }

    /** Until there is nothing left to do, and nothing that KWOK has yet to show. */
    private void turns() {
        awaitTurns(() -> Turn.take(reconciler(), onboarding.system()));
    }

    private void patch(String merge) {
        machine().patch(PatchContext.of(PatchType.JSON_MERGE), merge);
    }

    private Resource<GenericKubernetesResource> machine() {
        return machine(first());
    }

    private Resource<GenericKubernetesResource> machine(Host host) {
        return hand.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace(host.namespace())
                .withName(host.name());
    }

    private String version(Host host) {
        return machine(host).get().getMetadata().getResourceVersion();
    }

    private String digest(Host host) {
        return machine(host).get().getMetadata().getAnnotations().get("yuntai.io/digest");
    }

    private String processor() {
        return first().pool().processor().code();
    }

    private Host first() {
        return hosts().getFirst();
    }

    private Host second() {
        return hosts().getLast();
    }

    private List<Host> hosts() {
        return onboarding.get(Hosts.class).of(onboarding.system());
    }

    private List<Drift> drifts() {
        return onboarding
                .get(Drifts.class)
                .list(
                        onboarding.person("reader-" + UUID.randomUUID()),
                        PageQuery.FIRST,
                        DriftFilter.of("real", onboarding.system()))
                .items()
                .stream()
                .map(DriftEntry::drift)
                .filter(drift -> !drift.kind().equals("ResourceQuota"))
                .toList();
    }

    private void awaitTurns(Callable<Boolean> condition) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    var _ = Turn.take(reconciler(), onboarding.system());
                    return condition.call();
                });
    }

    private SystemReconciler reconciler() {
        return onboarding.get(SystemReconciler.class);
    }
}
