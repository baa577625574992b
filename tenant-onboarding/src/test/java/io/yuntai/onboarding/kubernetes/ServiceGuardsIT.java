package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a tenant tries to open his namespace to the outside, on a real API server. */
class ServiceGuardsIT {

    private static TenantNamespace closed;
    private static TenantNamespace granted;

    @BeforeAll
    static void open() throws IOException {
        closed = TenantNamespace.open(NamespacePolicy.DEFAULT);
        granted = TenantNamespace.open(NamespacePolicy.DEFAULT, Grant.values());
    }

    @AfterAll
    static void close() {
        if (closed != null) {
            closed.close();
        }
        if (granted != null) {
            granted.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NodePort", "LoadBalancer"})
    void noServiceIsSeenFromOutsideUnlessThatIsGranted(String type) {
        var service = service(closed, name(type), type);
        closed.assertNobodyMakes(service, "not granted");
        var inside = closed.staff.resource(service(closed, "was-" + name(type), "ClusterIP"));
        var _ = inside.create();
        closed.assertRefused(
                () ->
                        closed.staff
                                .services()
                                .inNamespace(closed.name.value())
                                .withName("was-" + name(type))
                                .patch(
                                        PatchContext.of(PatchType.JSON_MERGE),
                                        "{\"spec\": {\"type\": \"%s\"}}".formatted(type)),
                "not granted");
        assertThat(granted.staff.resource(service(granted, name(type), type)).create()).isNotNull();
    }

    @Test
    void aLoadBalancerThatIsGrantedHasNoNodePorts() throws IOException {
        try (var balanced = TenantNamespace.open(NamespacePolicy.DEFAULT, Grant.LOAD_BALANCERS)) {
            var service = service(balanced, "balanced", "LoadBalancer");
            balanced.assertNobodyMakes(service, "allocateLoadBalancerNodePorts");
            var without =
                    new ServiceBuilder(service)
                            .editSpec()
                            .withAllocateLoadBalancerNodePorts(false)
                            .endSpec()
                            .build();
            balanced.assertNobodyMakes(
                    new ServiceBuilder(without)
                            .editSpec()
                            .editFirstPort()
                            .withNodePort(31_234)
                            .endPort()
                            .endSpec()
                            .build(),
                    "node ports");
            var made = balanced.staff.resource(without).create();
            assertThat(made.getSpec().getPorts().getFirst().getNodePort()).isNull();
            var found =
                    balanced.staff
                            .services()
                            .inNamespace(balanced.name.value())
                            .withName("balanced");
            balanced.assertRefused(
                    () ->
                            found.patch(
                                    PatchContext.of(PatchType.JSON_MERGE),
                                    "{\"spec\": {\"allocateLoadBalancerNodePorts\": true}}"),
                    "node ports");
        }
    }

    @Test
    void noServiceTakesAnAddressThatNobodyGaveIt() {
        var service =
                new ServiceBuilder(service(closed, "external", "ClusterIP"))
                        .editSpec()
                        .withExternalIPs("10.1.2.3")
                        .endSpec()
                        .build();
        closed.assertNobodyMakes(service, "external addresses");
        var _ = closed.staff.resource(service(closed, "plain", "ClusterIP")).create();
        var plain = closed.almighty.services().inNamespace(closed.name.value()).withName("plain");
        closed.assertRefused(
                () ->
                        plain.edit(s ->
                                new ServiceBuilder(s)
                                        .editSpec()
                                        .withExternalIPs("10.1.2.3")
                                        .endSpec()
                                        .build()),
                "external addresses");
    }

    @Test
    void whatWasThereBeforeAGrantWasTakenBackStaysAndMayBecomeLess() {
        var service =
                granted.staff
                        .resource(
                                new ServiceBuilder(service(granted, "stays", "NodePort"))
                                        .editSpec()
                                        .editFirstPort()
                                        .withName("a")
                                        .endPort()
                                        .addNewPort()
                                        .withName("second")
                                        .withPort(8080)
                                        .endPort()
                                        .endSpec()
                                        .build())
                        .create();
        var without =
                new Desired.Tenancy(
                        granted.tenancy.of(),
                        granted.tenancy.unit(),
                        granted.tenancy.system(),
                        Set.of(Grant.LOAD_BALANCERS, Grant.EXTERNAL_IPS, Grant.NETWORK_POLICIES),
                        true);
        assertThat(granted.cluster.mend(without).outcome())
                .isEqualTo(new Cluster.ApplyOutcome.Applied());
        try {
            await().atMost(TenantNamespace.PATIENCE)
                    .until(() ->
                            TenantNamespace.refusal(() ->
                                            granted.staff
                                                    .resource(
                                                            service(granted, "another", "NodePort"))
                                                    .dryRun()
                                                    .create())
                                    .isPresent());
            var found =
                    granted.staff.services().inNamespace(granted.name.value()).withName("stays");
            var changed =
                    found.edit(s ->
                            new ServiceBuilder(s)
                                    .editMetadata()
                                    .addToLabels("team", "web")
                                    .endMetadata()
                                    .build());
            assertThat(changed.getMetadata().getUid()).isEqualTo(service.getMetadata().getUid());
            for (var more :
                    List.of(
                            "[{\"op\": \"add\", \"path\": \"/spec/ports/-\", \"value\": {\"name\": \"b\", \"port\": 81}}]",
                            "[{\"op\": \"replace\", \"path\": \"/spec/ports/0/port\", \"value\": 22}]",
                            "[{\"op\": \"replace\", \"path\": \"/spec/ports/0/protocol\", \"value\": \"UDP\"}]",
                            "[{\"op\": \"replace\", \"path\": \"/spec/ports/0/nodePort\", \"value\": 31999}]",
                            "[{\"op\": \"replace\", \"path\": \"/spec/externalTrafficPolicy\", \"value\": \"Local\"}]")) {
                granted.assertRefused(
                        () -> found.patch(PatchContext.of(PatchType.JSON), more), "not granted");
            }
            var less =
                    found.patch(
                            PatchContext.of(PatchType.JSON),
                            "[{\"op\": \"remove\", \"path\": \"/spec/ports/1\"}]");
            assertThat(less.getSpec().getPorts()).hasSize(1);
        } finally {
            assertThat(granted.cluster.mend(granted.tenancy).outcome())
                    .isEqualTo(new Cluster.ApplyOutcome.Applied());
        }
    }

    @Test
    void networkPoliciesAreOursForTheyCanOnlyOpen() {
        for (var who : List.of(closed.staff, closed.almighty)) {
            closed.assertRefused(
                    () -> who.resource(allowAll(closed, "mine")).create(), "network policies");
        }
        var all = closed.almighty.network().v1().networkPolicies().inNamespace(closed.name.value());
        var ours = all.withName("yuntai");
        closed.assertRefused(ours::delete, "network policies");
        closed.assertRefused(all::delete, "network policies");
        closed.assertRefused(
                () ->
                        ours.edit(p ->
                                new NetworkPolicyBuilder(p)
                                        .editSpec()
                                        .withEgress(new NetworkPolicyEgressRule())
                                        .endSpec()
                                        .build()),
                "network policies");
        closed.assertRefused(
                () ->
                        ours.patch(
                                PatchContext.of(PatchType.JSON),
                                """
                                [{"op": "add", "path": "/spec/ingress/-", "value": {}}]
                                """),
                "network policies");
        assertThat(ours.get().getSpec().getEgress()).hasSize(2);
    }

    @Test
    void evenWhereHisOwnAreGrantedOursStay() {
        assertThat(granted.almighty.resource(allowAll(granted, "mine")).create()).isNotNull();
        var all =
                granted.almighty.network().v1().networkPolicies().inNamespace(granted.name.value());
        granted.assertRefused(all.withName("yuntai")::delete, "network policies");
        granted.assertRefused(all::delete, "network policies");
        assertThat(all.withName("yuntai").get()).isNotNull();
    }

    private static NetworkPolicy allowAll(TenantNamespace at, String name) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(at.name.value())
                .endMetadata()
                .withNewSpec()
                .withPodSelector(new LabelSelector())
                .withIngress(new NetworkPolicyIngressRule())
                .withEgress(new NetworkPolicyEgressRule())
                .withPolicyTypes("Ingress", "Egress")
                .endSpec()
                .build();
    }

    private static String name(String type) {
        return type.toLowerCase(Locale.ROOT);
    }

    private static Service service(TenantNamespace at, String name, String type) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(at.name.value())
                .endMetadata()
                .withNewSpec()
                .withType(type)
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }
}
