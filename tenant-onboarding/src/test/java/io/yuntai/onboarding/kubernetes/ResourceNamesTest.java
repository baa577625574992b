package io.yuntai.onboarding.kubernetes;

import static io.yuntai.quota.Resource.CPU;
import static io.yuntai.quota.Resource.HOSTS;
import static io.yuntai.quota.Resource.MEMORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Quantity;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
                            100L << 30));

    @Test
    void namesEachResourceAsAQuotaDoes() {
        assertThat(ResourceNames.hard(ALL))
                .containsOnly(
                        Map.entry("requests.cpu", new Quantity("4500m")),
                        Map.entry("requests.memory", new Quantity("8589934592")),
                        Map.entry("count/virtualmachines.kubevirt.io", new Quantity("3")),
                        Map.entry("requests.storage", new Quantity("128849018880")),
                        Map.entry(
                                "ssd.storageclass.storage.k8s.io/requests.storage",
                                new Quantity("21474836480")),
                        Map.entry(
                                "hdd.storageclass.storage.k8s.io/requests.storage",
                                new Quantity("107374182400")));
    }

    @Test
    void nothingIsWrittenAsZeroSinceWhatAQuotaDoesNotNameIsUnlimited() {
        assertThat(ResourceNames.hard(Amounts.NONE))
                .containsOnly(
                        Map.entry("requests.cpu", new Quantity("0")),
                        Map.entry("requests.memory", new Quantity("0")),
                        Map.entry("requests.storage", new Quantity("0")),
                        Map.entry("count/virtualmachines.kubevirt.io", new Quantity("0")));
    }

    @Test
    void whatIsWrittenReadsBack() {
        assertThat(ResourceNames.amounts(ResourceNames.hard(ALL))).isEqualTo(ALL);
        assertThat(ResourceNames.amounts(ResourceNames.hard(Amounts.NONE))).isEqualTo(Amounts.NONE);
        assertThat(ResourceNames.amounts(null)).isEqualTo(Amounts.NONE);
    }

    @Test
    void whatOthersNameIsLeftOut() {
        assertThat(
                        ResourceNames.amounts(
                                Map.of(
                                        "pods", new Quantity("10"),
                                        "BAD.storageclass.storage.k8s.io/requests.storage",
                                                new Quantity("10"))))
                .isEqualTo(Amounts.NONE);
    }

    @Test
    void aResourceWithoutANameInAQuotaIsRefused() {
        var addresses = Amounts.of(new Resource("publicIps"), 1);
        assertThatThrownBy(() -> ResourceNames.hard(addresses))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("publicIps");
    }
}
