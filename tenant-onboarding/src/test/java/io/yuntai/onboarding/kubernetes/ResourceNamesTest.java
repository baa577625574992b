package io.yuntai.onboarding.kubernetes;

import static io.yuntai.quota.Resource.CPU;
import static io.yuntai.quota.Resource.HOSTS;
import static io.yuntai.quota.Resource.MEMORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Quantity;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceNamesTest {

    private static final Amounts ALL =
            Amounts.of(
                            Map.of(
                                    CPU,
                                    4500L,
                                    MEMORY,
                                    8L << 30,
                                    HOSTS,
                                    3L,
                                    Resource.storage("ssd"),
                                    20L << 30,
                                    Resource.storage("hdd"),
                                    100L << 30,
                                    new Resource("gpus/a10"),
                                    2L,
                                    new Resource("publicIps"),
                                    1L,
                                    new Resource("pods"),
                                    50L,
                                    new Resource("services"),
                                    7L))
                    .with(new Resource("claims"), 9);

    private static final Map<String, Quantity> ALWAYS =
            Map.of(
                    "requests.cpu", new Quantity("0"),
                    "requests.memory", new Quantity("0"),
                    "requests.storage", new Quantity("0"),
                    "count/virtualmachines.kubevirt.io", new Quantity("0"),
                    "services.loadbalancers", new Quantity("0"),
                    "requests.nvidia.com/GA102GL_A10", new Quantity("0"),
                    "requests.nvidia.com/TU104GL_Tesla_T4", new Quantity("0"),
                    "requests.huawei.com/Ascend910", new Quantity("0"));

    @Test
    void namesEachResourceAsAQuotaDoes() {
        var expected = new HashMap<>(ALWAYS);
        expected.putAll(
                Map.of(
                        "requests.cpu", new Quantity("4500m"),
                        "requests.memory", new Quantity("8589934592"),
                        "count/virtualmachines.kubevirt.io", new Quantity("3"),
                        "requests.storage", new Quantity("128849018880"),
                        "ssd.storageclass.storage.k8s.io/requests.storage",
                                new Quantity("21474836480"),
                        "hdd.storageclass.storage.k8s.io/requests.storage",
                                new Quantity("107374182400"),
                        "requests.nvidia.com/GA102GL_A10", new Quantity("2"),
                        "services.loadbalancers", new Quantity("1"),
                        "count/pods", new Quantity("50"),
                        "count/services", new Quantity("7")));
        expected.put("count/persistentvolumeclaims", new Quantity("9"));
        assertThat(ResourceNames.DEFAULT.hard(ALL)).isEqualTo(expected);
    }

    @Test
    void nothingIsWrittenAsZeroSinceWhatAQuotaDoesNotNameIsUnlimited() {
        assertThat(ResourceNames.DEFAULT.hard(Amounts.NONE)).isEqualTo(ALWAYS);
    }

    @Test
    void aDeploymentAddsResourcesAsData() {
        var names =
                ResourceNames.with(
                        Map.of(
                                "gpus/a30", "requests.nvidia.com/A30, pods nvidia.com/A30",
                                "gpus/t4", "requests.example.com/t4, pods example.com/t4"));
        var amounts = Amounts.of(Map.of(new Resource("gpus/a30"), 4L, new Resource("gpus/t4"), 1L));
        assertThat(names.hard(amounts))
                .containsEntry("requests.nvidia.com/A30", new Quantity("4"))
                .containsEntry("requests.example.com/t4", new Quantity("1"))
                .doesNotContainKey("requests.nvidia.com/TU104GL_Tesla_T4");
        assertThat(names.amounts(names.hard(amounts))).isEqualTo(amounts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gpus/a30 | requests.nvidia.com/A30",
                "gpus/a30 | requests.nvidia.com/A30, stars nvidia.com/A30",
                "gpus/a30 | requests.nvidia.com/A30, pods",
                "gpus/a30 | requests.cpu, pods cpu",
                "gpus/*   | requests.nvidia.com/A30, pods nvidia.com/A30",
                "gpus/*   | requests.nvidia.com/*, pods nvidia.com/*, always",
                "GPUS     | requests.nvidia.com/A30, pods nvidia.com/A30",
            })
    void aLineThatIsNoneIsAnErrorAtTheStart(String code, String line) {
        assertThatThrownBy(() -> ResourceNames.with(Map.of(code, line)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsWrittenReadsBack() {
        assertThat(ResourceNames.DEFAULT.amounts(ResourceNames.DEFAULT.hard(ALL))).isEqualTo(ALL);
        assertThat(ResourceNames.DEFAULT.amounts(ResourceNames.DEFAULT.hard(Amounts.NONE)))
                .isEqualTo(Amounts.NONE);
        assertThat(ResourceNames.DEFAULT.amounts(null)).isEqualTo(Amounts.NONE);
    }

    @Test
    void whatOthersNameIsLeftOut() {
        assertThat(
                        ResourceNames.DEFAULT.amounts(
                                Map.of(
                                        "pods", new Quantity("10"),
                                        "BAD.storageclass.storage.k8s.io/requests.storage",
                                                new Quantity("10"))))
                .isEqualTo(Amounts.NONE);
    }

    @Test
    void aResourceWithoutANameInAQuotaIsRefused() {
        var licences = Amounts.of(new Resource("licences"), 1);
        assertThatThrownBy(() -> ResourceNames.DEFAULT.hard(licences))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("licences");
    }
}
