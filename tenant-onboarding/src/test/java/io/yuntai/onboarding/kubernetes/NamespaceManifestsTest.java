package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.onboarding.unit.UnitId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamespaceManifestsTest {

    private static final NamespaceName NAMESPACE = new NamespaceName("s-jmga-01");
    private static final PoolId POOL = PoolId.of("extranet-domestic");
    private static final Desired.SystemNamespace SYSTEM =
            new Desired.SystemNamespace(
                    NAMESPACE,
                    UnitId.of("01990000-0000-7000-8000-000000000001"),
                    SystemId.of("01990000-0000-7000-8000-000000000002"),
                    POOL);

    private static final Desired.Tenancy TENANCY =
            new Desired.Tenancy(
                    SYSTEM,
                    new UnifiedSocialCreditCode("11440700006900001" + checkCharacter()),
                    new SystemCode("egov-portal"),
                    Set.of(Grant.NODE_PORTS),
                    false);

    private final NamespaceManifests manifests = new NamespaceManifests(NamespacePolicy.DEFAULT);

    private static char checkCharacter() {
        return UnifiedSocialCreditCode.checkCharacter("11440700006900001");
    }

    @Test
    void podsAreGuardedOnlyWhereTheyCouldLeaveTheirPoolOrImagesAreLimited() {
        var shared = new Desired.Tenancy(SYSTEM, TENANCY.unit(), TENANCY.system(), Set.of(), true);
        var limited =
                new NamespaceManifests(
                        new NamespacePolicy(
                                "100m",
                                "128Mi",
                                NamespacePolicy.PodSecurity.BASELINE,
                                List.of("registry.example.cn/gov"),
                                false,
                                Map.of(),
                                null,
                                "kubevirt",
                                "cdi",
                                null));
        assertThat(labels(manifests, TENANCY)).doesNotContainKey("yuntai.io/pods");
        assertThat(labels(manifests, shared)).containsEntry("yuntai.io/pods", "guarded");
        assertThat(labels(limited, TENANCY)).containsEntry("yuntai.io/pods", "guarded");
        assertThat(labels(manifests, TENANCY)).containsEntry("yuntai.io/lease", "enforced");
        assertThat(manifests.namespace(SYSTEM).getMetadata().getLabels())
                .doesNotContainKey("yuntai.io/lease");
    }

    private static Map<String, String> labels(
            NamespaceManifests manifests, Desired.Tenancy tenancy) {
        return manifests.content(tenancy).getFirst().getMetadata().getLabels();
    }

    @Test
    void aNamespaceSaysWhoseItIsWhereItIsAndHowSafe() throws IOException {
        Golden.assertReads(manifests.namespace(SYSTEM), "namespace.yaml");
    }

    @Test
    void aLimitRangeHasDefaultRequestsAndNoLimits() throws IOException {
        Golden.assertReads(manifests.limitRange(SYSTEM), "limitrange.yaml");
    }

    @Test
    void aNamespaceIsClosedButForItsSystemAndTheNameService() throws IOException {
        Golden.assertReads(manifests.closed(SYSTEM).getLast(), "networkpolicy.yaml");
    }

    @Test
    void aZoneOpensWhatItIsConfiguredToOpen() throws IOException {
        var policy =
                NamespacePolicyTest.bind(
                        Map.of(
                                "yuntai.namespaces.zones.extranet.egress[0]", "10.20.0.0/16:443",
                                "yuntai.namespaces.zones.extranet.ingress[0]", "10.30.0.0/16",
                                "yuntai.namespaces.zones.internet.egress[0]", "0.0.0.0/0"));
        Golden.assertReads(
                new NamespaceManifests(policy).closed(SYSTEM).getLast(), "networkpolicy-open.yaml");
    }

    @Test
    void peopleEnterByTheGroupsOfTheirUnitAndSystem() throws IOException {
        var bindings = manifests.roleBindings(TENANCY);
        assertThat(bindings).hasSize(2);
        Golden.assertReads(bindings.getFirst(), "rolebinding.yaml");
    }

    @Test
    void whatWasGrantedStandsOnTheNamespace() {
        assertThat(manifests.content(TENANCY).getFirst().getMetadata().getLabels())
                .containsEntry("yuntai.io/grant-node-ports", "true")
                .doesNotContainKey("yuntai.io/grant-external-ips");
    }

    @Test
    void theSameValueIsTheSameContentAndAnotherIsAnother() {
        var other =
                new Desired.Tenancy(
                        TENANCY.of(), TENANCY.unit(), TENANCY.system(), Set.of(), false);
        assertThat(content(TENANCY)).isEqualTo(content(TENANCY)).isNotEqualTo(content(other));
    }

    @Test
    void whileItsContentIsWrittenANamespaceBearsAllItsLabelsAndNoDigest() {
        var namespace = manifests.content(TENANCY).getFirst();
        var unfinished = NamespaceManifests.unfinished(namespace).getMetadata();
        assertThat(unfinished.getLabels()).isEqualTo(namespace.getMetadata().getLabels());
        assertThat(unfinished.getAnnotations())
                .containsExactly(Map.entry("yuntai.io/content", "unfinished"));
    }

    private String content(Desired.Tenancy tenancy) {
        return manifests
                .content(tenancy)
                .getFirst()
                .getMetadata()
                .getAnnotations()
                .get("yuntai.io/content");
    }
}
