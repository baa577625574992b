package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCatalogue;
import io.yuntai.onboarding.host.HostCommand;
import io.yuntai.onboarding.host.HostCommandId;
import io.yuntai.onboarding.host.HostCommands;
import io.yuntai.onboarding.host.HostImage;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostSetup;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.DataVolumes;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * KubeVirt and CDI, played, make a disk that is filled from an image again as soon as it is gone.
 */
class ImportedDiskRebuildIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HELD = "example.cn/held";

    private final ScheduledExecutorService player = Executors.newSingleThreadScheduledExecutor();
    private KubernetesClient hand;
    private DataVolumes cdi;
    private Onboarding onboarding;
    private Actor staff;

    @BeforeEach
    void aHostOfAnImageRuns() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        hand = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        cdi = new DataVolumes(hand);
        onboarding =
                Onboarding.of(
                        "i" + UUID.randomUUID().toString().substring(0, 12),
                        Fabric8Cluster.connect(new ClusterName("real"), kubeconfig));
        staff = onboarding.person("staff");
        var image = new CatalogueRef("euler", 1);
        onboarding
                .get(HostCatalogue.class)
                .save(
                        staff,
                        new HostImage(
                                image,
                                "openEuler",
                                "openEuler 24.03",
                                HostImage.Family.LINUX,
                                HostImage.Source.REGISTRY,
                                "registry.example.cn/euler:1",
                                10,
                                false));
        var setup =
                new HostSetup(
                        Optional.empty(),
                        Optional.of(image),
                        Optional.empty(),
                        HostSetup.FirstLogin.NONE);
        var order =
                new Order(
                        onboarding.system(),
                        Onboarding.POOL,
                        "测试",
                        12,
                        List.of(new Item.Hosts(1, 2, 4, 40, "ssd", setup)));
        var submitted = onboarding.submitted(staff, order);
        var _ = onboarding.approved(submitted);
        var _ = player.scheduleWithFixedDelay(this::play, 0, 20, TimeUnit.MILLISECONDS);
        awaitTurns(() -> host().plan().life() == HostLife.State.TRIAL && claim().get() != null);
    }

    @AfterEach
    void stop() {
        player.shutdownNow();
        if (onboarding != null) {
            hand.namespaces().withName(host().namespace()).delete();
            onboarding.close();
        }
        if (cdi != null) {
            cdi.close();
        }
        hand.close();
    }

    @Test
    void aRebuildIsOverWhenAnotherDiskIsThereAndThatOneStays() {
        say(new HostCommand.Stop());
        awaitTurns(() -> host().state() == Host.State.STOPPED);
        String old = uid();
        // As long as something uses it.
        var _ = claim().edit(one -> held(one, true));
        say(new HostCommand.Rebuild());
        awaitTurns(() -> claim().get().getMetadata().getDeletionTimestamp() != null);
        turns();
        assertThat(host().plan().rebuilds().pending()).isTrue();
        assertThat(uid()).isEqualTo(old);
        var _ = claim().edit(one -> held(one, false));
        awaitTurns(() -> host().plan().life() == HostLife.State.STOPPED);
        assertThat(host().plan().rebuilds().pending()).isFalse();
        String next = uid();
        assertThat(next).isNotEqualTo(old);
        turns();
        assertThat(uid()).isEqualTo(next);
        assertThat(claim().get().getMetadata().getDeletionTimestamp()).isNull();

        say(new HostCommand.Rebuild());
        awaitTurns(() -> host().plan().life() == HostLife.State.STOPPED);
        assertThat(uid()).isNotEqualTo(next);
    }

    /** Stopped or not: what a template names is made where it is not there. */
    private void play() {
        try {
            String in = host().namespace();
            for (var machine :
                    hand.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                            .inNamespace(in)
                            .list()
                            .getItems()) {
                String name = machine.getMetadata().getName();
                if (machine.get("spec", "dataVolumeTemplates") == null) {
                    continue;
                }
                var volumes =
                        hand.genericKubernetesResources("cdi.kubevirt.io/v1beta1", "DataVolume")
                                .inNamespace(in);
                var volume = volumes.withName(name).get();
                if (volume == null) {
                    volume = volumes.resource(cdi.of(in, name, "blank: {}")).create();
                }
                if (claim().get() == null) {
                    hand.resource(claimOf(in, name, volume.getMetadata().getUid())).create();
                }
            }
        } catch (KubernetesClientException e) {
            // Its namespace is not there yet, or has no room yet: once more.
        }
    }

    private static PersistentVolumeClaim claimOf(String in, String name, String volume) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(in)
                .withLabels(Map.of("yuntai.io/managed", "true"))
                .addNewOwnerReference()
                .withApiVersion("cdi.kubevirt.io/v1beta1")
                .withKind("DataVolume")
                .withName(name)
                .withUid(volume)
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName("ssd")
                .withNewResources()
                .addToRequests("storage", new Quantity("40Gi"))
                .endResources()
                .endSpec()
                .build();
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

    private Resource<PersistentVolumeClaim> claim() {
        var host = host();
        return hand.persistentVolumeClaims().inNamespace(host.namespace()).withName(host.name());
    }

    private String uid() {
        return claim().get().getMetadata().getUid();
    }

    private Host host() {
        return onboarding.get(Hosts.class).of(onboarding.system()).getFirst();
    }

    private void say(HostCommand what) {
        var host = host();
        var _ =
                onboarding
                        .get(HostCommands.class)
                        .say(
                                staff,
                                host.id(),
                                new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                                host.plan().version(),
                                what);
    }

    private void turns() {
        for (int i = 0; i < 5; i++) {
            var _ = Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
        }
    }

    private void awaitTurns(Callable<Boolean> condition) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    var _ = Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
                    return condition.call();
                });
    }
}
