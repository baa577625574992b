package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.onboarding.unit.UnitId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is remembered of objects from one sweep to the next, and what is not. */
class RememberedTest {

    private static final Desired.SystemNamespace NAMESPACE =
            new Desired.SystemNamespace(
                    new NamespaceName("here"),
                    new UnitId(UUID.randomUUID()),
                    new SystemId(UUID.randomUUID()),
                    PoolId.of("extranet-ordinary"));

    private final Remembered<String> remembered = new Remembered<>();
    private final NamespaceMemory namespaces = new NamespaceMemory();
    private final List<String> made = new ArrayList<>();

    @Test
    void anObjectIsLookedAtAgainOnlyWhenItHasAnotherVersion() {
        assertThat(read(object("a", "1", "7"))).containsExactly("a1@7");
        assertThat(read(object("a", "1", "7"))).containsExactly("a1@7");
        assertThat(made).hasSize(1);
        assertThat(read(object("a", "1", "8"))).containsExactly("a1@8");
        assertThat(made).hasSize(2);
    }

    @Test
    void oneThatWasMadeAnewUnderItsNameIsAnother() {
        var _ = read(object("a", "1", "7"));
        assertThat(read(object("a", "2", "7"))).containsExactly("a2@7");
    }

    @Test
    void whatIsGoneIsForgotten() {
        var _ = read(object("a", "1", "7"), object("b", "2", "8"));
        var _ = read(object("b", "2", "8"));
        assertThat(made).hasSize(2);
        var _ = read(object("a", "1", "7"), object("b", "2", "8"));
        assertThat(made).hasSize(3);
    }

    @Test
    void aListThatBrokeOffLeavesWhatWasKnownBefore() {
        var _ = read(object("a", "1", "7"));
        var broken = remembered.read();
        assertThat(broken.of("b", object("b", "2", "8"), this::make)).isEqualTo("b2@8");
        var _ = read(object("a", "1", "7"));
        assertThat(made).containsExactly("a1@7", "b2@8");
    }

    @Test
    void aNamespaceIsRightUntilAnObjectOfItOrWhatItShallHoldIsAnother() {
        var there = List.<HasMetadata>of(object("a", "1", "7"), object("b", "2", "8"));
        assertThat(namespaces.isRight(tenancy(Set.of()), there)).isFalse();
        namespaces.right(tenancy(Set.of()), there);
        assertThat(namespaces.isRight(tenancy(Set.of()), there.reversed())).isTrue();
        assertThat(namespaces.isRight(tenancy(Set.of(Grant.NODE_PORTS)), there)).isFalse();
        assertThat(
                        namespaces.isRight(
                                tenancy(Set.of()),
                                List.of(object("a", "1", "7"), object("b", "2", "9"))))
                .isFalse();
        assertThat(namespaces.isRight(tenancy(Set.of()), List.of(object("a", "1", "7"))))
                .as("one was deleted")
                .isFalse();
        var more = new ArrayList<>(there);
        more.add(object("c", "3", "9"));
        assertThat(namespaces.isRight(tenancy(Set.of()), more)).as("one was added").isFalse();
        namespaces.keep(List.of());
        assertThat(namespaces.isRight(tenancy(Set.of()), there)).isFalse();
    }

    private List<String> read(ConfigMap... objects) {
        var reading = remembered.read();
        var all = new ArrayList<String>();
        for (var object : objects) {
            all.add(reading.of(object.getMetadata().getName(), object, this::make));
        }
        reading.end();
        return all;
    }

    private String make(ConfigMap object) {
        var one = object.getMetadata().getName() + Remembered.version(object);
        made.add(one);
        return one;
    }

    private static ConfigMap object(String name, String uid, String version) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid(uid)
                .withResourceVersion(version)
                .endMetadata()
                .build();
    }

    private static Desired.Tenancy tenancy(Set<Grant> grants) {
        return new Desired.Tenancy(
                NAMESPACE,
                new UnifiedSocialCreditCode("91350100M000100Y43"),
                new SystemCode("sys"),
                grants,
                false);
    }
}
