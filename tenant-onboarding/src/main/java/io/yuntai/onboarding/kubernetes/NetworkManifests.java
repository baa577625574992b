package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The one NetworkPolicy of a namespace. It selects every pod, so that whatever is not named here is
 * refused; it names the same system's namespaces, the cluster's name service, and what the zone
 * allows.
 */
record NetworkManifests(NamespacePolicy policy) {

    private static final int DNS = 53;

    NetworkPolicy policy(Desired.SystemNamespace desired) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(Labels.LEASE_NAME)
                .withNamespace(desired.namespace().value())
                .addToLabels(Labels.MANAGED, "true")
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .withIngress(ingress(desired))
                .withEgress(egress(desired))
                .endSpec()
                .build();
    }

    private List<NetworkPolicyIngressRule> ingress(Desired.SystemNamespace desired) {
        var rules = new ArrayList<NetworkPolicyIngressRule>();
        rules.add(new NetworkPolicyIngressRuleBuilder().addToFrom(sameSystem(desired)).build());
        for (var peer : policy.of(desired.pool().zone()).reaching()) {
            rules.add(
                    new NetworkPolicyIngressRuleBuilder()
                            .addToFrom(range(peer))
                            .withPorts(ports(peer))
                            .build());
        }
        return rules;
    }

    private List<NetworkPolicyEgressRule> egress(Desired.SystemNamespace desired) {
        var rules = new ArrayList<NetworkPolicyEgressRule>();
        rules.add(new NetworkPolicyEgressRuleBuilder().addToTo(sameSystem(desired)).build());
        rules.add(
                new NetworkPolicyEgressRuleBuilder()
                        .addToTo(nameService())
                        .withPorts(port("UDP", DNS), port("TCP", DNS))
                        .build());
        for (var peer : policy.of(desired.pool().zone()).reachable()) {
            rules.add(
                    new NetworkPolicyEgressRuleBuilder()
                            .addToTo(range(peer))
                            .withPorts(ports(peer))
                            .build());
        }
        return rules;
    }

    /** In whatever namespace of it in this zone of the cluster; the labels are ours alone. */
    private static NetworkPolicyPeer sameSystem(Desired.SystemNamespace desired) {
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(
                        new LabelSelectorBuilder()
                                .addToMatchLabels(Labels.MANAGED, "true")
                                .addToMatchLabels(Labels.SYSTEM, desired.system().toString())
                                .addToMatchLabels(Labels.ZONE, desired.pool().zone().code())
                                .build())
                .build();
    }

    private static NetworkPolicyPeer nameService() {
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(
                        new LabelSelectorBuilder()
                                .addToMatchLabels(Labels.NAMESPACE_NAME, "kube-system")
                                .build())
                .withPodSelector(
                        new LabelSelectorBuilder().addToMatchLabels("k8s-app", "kube-dns").build())
                .build();
    }

    private static NetworkPolicyPeer range(NetworkPeer peer) {
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(peer.cidr())
                .endIpBlock()
                .build();
    }

    private static List<NetworkPolicyPort> ports(NetworkPeer peer) {
        OptionalInt port = peer.port();
        return port.isEmpty() ? List.of() : List.of(port(peer.protocol(), port.getAsInt()));
    }

    private static NetworkPolicyPort port(String protocol, int port) {
        return new NetworkPolicyPort(null, new IntOrString(port), protocol);
    }
}
