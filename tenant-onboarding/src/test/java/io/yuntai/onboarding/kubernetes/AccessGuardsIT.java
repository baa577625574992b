package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a tenant tries to let others in or to become somebody else, on a real API server. */
class AccessGuardsIT {

    private static TenantNamespace at;

    @BeforeAll
    static void open() throws IOException {
        at = TenantNamespace.open(NamespacePolicy.DEFAULT);
    }

    @AfterAll
    static void close() {
        if (at != null) {
            at.close();
        }
    }

    @Test
    void theUnitsStaffWorksThereAndNobodyElse() {
        assertThat(at.staff.resource(at.pod("mine")).create()).isNotNull();
        assertThatThrownBy(() -> at.staff.pods().inNamespace("default").list())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("forbidden");
        for (var other : List.of("resourcequotas", "limitranges", "rolebindings")) {
            assertThat(mayWrite(other)).as(other).isFalse();
        }
    }

    /** Which no guard looks at: the roles of tenants do not let them near it. */
    @Test
    void aTenantCannotWriteTheStatusOfTheQuota() {
        var ours = at.staff.resourceQuotas().inNamespace(at.name.value()).withName("yuntai");
        assertThatThrownBy(() ->
                        ours.editStatus(quota -> {
                            quota.getStatus().getHard().put("requests.cpu", new Quantity("100"));
                            return quota;
                        }))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("cannot");
    }

    @Test
    void anEnforcedLeaseIsDeletedByNobodyNotEvenByUs() {
        var quotas = at.admin.resourceQuotas().inNamespace(at.name.value());
        at.assertRefused(quotas.withName("yuntai")::delete, "nobody deletes it");
        at.assertRefused(quotas::delete, "nobody deletes it");
        assertThat(quotas.withName("yuntai").get()).isNotNull();
    }

    private static boolean mayWrite(String resource) {
        var review =
                new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withGroup(
                                resource.equals("rolebindings") ? "rbac.authorization.k8s.io" : "")
                        .withNamespace(at.name.value())
                        .withResource(resource)
                        .withVerb("create")
                        .endResourceAttributes()
                        .endSpec()
                        .build();
        return at.staff
                .authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }

    @Test
    void aTenantLetsNobodyElseIn() {
        for (var kind : List.of("User", "Group")) {
            at.assertRefused(
                    () ->
                            at.almighty
                                    .resource(
                                            binding(
                                                    "mine-" + kind.toLowerCase(Locale.ROOT),
                                                    kind,
                                                    null))
                                    .create(),
                    "groups of their unit");
        }
        at.assertRefused(
                () ->
                        at.almighty
                                .resource(binding("theirs", "ServiceAccount", "kube-system"))
                                .create(),
                "groups of their unit");
    }

    @Test
    void hisOwnServiceAccountsAreHisMatter() {
        var own = binding("own", "ServiceAccount", at.name.value());
        assertThat(at.almighty.resource(own).create()).isNotNull();
        at.assertRefused(
                () ->
                        at.almighty
                                .rbac()
                                .roleBindings()
                                .inNamespace(at.name.value())
                                .withName("own")
                                .edit(b ->
                                        new RoleBindingBuilder(b)
                                                .addNewSubject(
                                                        "rbac.authorization.k8s.io",
                                                        "User",
                                                        "friend",
                                                        null)
                                                .build()),
                "groups of their unit");
        at.almighty.resource(own).delete();
    }

    @Test
    void ourBindingsStay() {
        var all = at.almighty.rbac().roleBindings().inNamespace(at.name.value());
        var ours = all.withName("yuntai-edit");
        at.assertRefused(ours::delete, "only Yuntai");
        at.assertRefused(() -> all.withLabel(Labels.MANAGED, "true").delete(), "only Yuntai");
        at.assertRefused(
                () ->
                        ours.patch(
                                PatchContext.of(PatchType.JSON),
                                """
                                [{"op": "remove", "path": "/subjects/0"}]
                                """),
                "only Yuntai");
        at.assertRefused(
                () ->
                        ours.patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                """
                                {"metadata": {"labels": {"yuntai.io/managed": null}}}
                                """),
                "only Yuntai");
        assertThat(ours.get().getSubjects()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "yuntai.io/managed, false",
        "yuntai.io/unit, another",
        "yuntai.io/system, another",
        "yuntai.io/zone, internet",
        "yuntai.io/processor, domestic",
        "yuntai.io/pool, internet-domestic",
        "yuntai.io/grant-node-ports, true",
        "pod-security.kubernetes.io/enforce, privileged",
        "pod-security.kubernetes.io/enforce-version, v1.0"
    })
    void whatANamespaceIsIsNotHisToSay(String label, String value) {
        var namespace = at.almighty.namespaces().withName(at.name.value());
        at.assertRefused(
                () ->
                        namespace.edit(n ->
                                new NamespaceBuilder(n)
                                        .editMetadata()
                                        .addToLabels(label, value)
                                        .endMetadata()
                                        .build()),
                "only Yuntai");
        at.assertRefused(
                () ->
                        namespace.patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"metadata\": {\"labels\": {\"%s\": \"%s\"}}}"
                                        .formatted(label, value)),
                "only Yuntai");
        // The status is written by another way, and takes labels along.
        at.assertRefused(
                () ->
                        namespace.editStatus(n ->
                                new NamespaceBuilder(n)
                                        .editMetadata()
                                        .addToLabels(label, value)
                                        .endMetadata()
                                        .build()),
                "only Yuntai");
    }

    @Test
    void whatANamespaceIsCalledBesidesIsHisMatter() {
        var namespace = at.almighty.namespaces().withName(at.name.value());
        assertThat(
                        namespace
                                .edit(n ->
                                        new NamespaceBuilder(n)
                                                .editMetadata()
                                                .addToLabels("team", "web")
                                                .endMetadata()
                                                .build())
                                .getMetadata()
                                .getLabels())
                .containsEntry("team", "web");
        assertThat(at.cluster.mend(at.tenancy).outcome())
                .isEqualTo(new Cluster.ApplyOutcome.Applied());
        assertThat(namespace.get().getMetadata().getLabels()).containsEntry("team", "web");
    }

    @Test
    void hisNamespaceIsNotHisToDelete() {
        at.assertRefused(
                () -> at.almighty.namespaces().withName(at.name.value()).delete(), "only Yuntai");
    }

    @Test
    void defaultsAndQuotaStayWhateverTheWay() {
        var in = at.name.value();
        at.assertRefused(() -> at.almighty.limitRanges().inNamespace(in).delete(), "only Yuntai");
        // Two guards say so; which one is quoted is the API server's matter.
        at.assertRefused(() -> at.almighty.resourceQuotas().inNamespace(in).delete(), "denied");
        at.assertRefused(
                () ->
                        at.almighty
                                .limitRanges()
                                .inNamespace(in)
                                .withName("yuntai")
                                .patch(
                                        PatchContext.of(PatchType.JSON),
                                        """
                                        [{"op": "replace", "path": "/spec/limits", "value": []}]
                                        """),
                "only Yuntai");
    }

    private static RoleBinding binding(String name, String kind, @Nullable String namespace) {
        return new RoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(at.name.value())
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "view")
                .addNewSubject(
                        kind.equals("ServiceAccount") ? "" : "rbac.authorization.k8s.io",
                        kind,
                        "friend",
                        namespace)
                .build();
    }
}
