package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.quota.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeCapacityTest {

    private static NodeBuilder node(String processor, String cpu) {
        var labels =
                processor.isEmpty()
                        ? Map.<String, String>of()
                        : Map.of(Labels.PROCESSOR, processor);
        return new NodeBuilder()
                .withNewMetadata()
                .withName("any")
                .withLabels(labels)
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .addToAllocatable("cpu", new Quantity(cpu))
                .addToAllocatable("memory", new Quantity("2Gi"))
                .addToAllocatable("nvidia.com/GA102GL_A10", new Quantity("4"))
                .addToAllocatable("ephemeral-storage", new Quantity("10Gi"))
                .endStatus();
    }

    private static NodeCapacity of(Node... nodes) {
        var sum = new NodeCapacity.Sum(ResourceNames.DEFAULT);
        List.of(nodes).forEach(sum::add);
        return sum.total();
    }

    @Test
    void addsUpWhatIsAllocatableByTheFamilyOfTheProcessors() {
        var capacity =
                of(
                        node("ordinary", "3920m").build(),
                        node("ordinary", "4").build(),
                        node("domestic", "64").build(),
                        node("", "1").build());
        assertThat(capacity.allocatable().get(Resource.CPU)).isEqualTo(72_920);
        assertThat(capacity.allocatable().get(Resource.MEMORY)).isEqualTo(8L << 30);
        assertThat(capacity.allocatable().get(new Resource("gpus/a10"))).isEqualTo(16);
        assertThat(capacity.shares())
                .extracting(NodeCapacity.Share::processor)
                .containsExactly(
                        Optional.of(ProcessorFamily.DOMESTIC),
                        Optional.of(ProcessorFamily.ORDINARY),
                        Optional.empty());
        assertThat(capacity.shares())
                .extracting(NodeCapacity.Share::nodes)
                .containsExactly(1, 2, 1);
    }

    @Test
    void whatTakesNoPodsOffersNothing() {
        var cordoned =
                node("ordinary", "4").withNewSpec().withUnschedulable(true).endSpec().build();
        var tainted =
                node("ordinary", "4")
                        .withNewSpec()
                        .addNewTaint("NoSchedule", "control-plane", null, null)
                        .endSpec()
                        .build();
        var unready =
                node("ordinary", "4")
                        .editStatus()
                        .editFirstCondition()
                        .withStatus("Unknown")
                        .endCondition()
                        .endStatus()
                        .build();
        var bare = new NodeBuilder().withNewMetadata().withName("new").endMetadata().build();
        var capacity = of(cordoned, tainted, unready, bare, node("ordinary", "2").build());
        assertThat(capacity.nodes()).isEqualTo(5);
        assertThat(capacity.ready()).isEqualTo(3);
        assertThat(capacity.open()).isEqualTo(1);
        assertThat(capacity.allocatable().get(Resource.CPU)).isEqualTo(2000);
    }
}
