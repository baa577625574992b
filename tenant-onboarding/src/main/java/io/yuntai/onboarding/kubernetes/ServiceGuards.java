package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.kubernetes.Guard.Rule;
import java.util.List;

/** What keeps a namespace from opening itself to the outside. */
final class ServiceGuards {

    private ServiceGuards() {}

    /** Policies add up: one that a tenant makes could only open what ours closes. */
    static Guard networkPolicies(String onlyWe) {
        return Guard.of(
                "yuntai-network",
                NamespaceManifests.governed(),
                List.of(
                        Guard.match(
                                "networking.k8s.io",
                                List.of("networkpolicies"),
                                "CREATE",
                                "UPDATE",
                                "DELETE")),
                List.of(
                        new Rule(
                                // Not the request's name, which a deletion of all has not.
                                onlyWe
                                        + " || ((request.operation == 'DELETE' ? oldObject :"
                                        + " object).metadata.name != '"
                                        + Labels.LEASE_NAME
                                        + "' && (request.operation == 'DELETE' || "
                                        + granted(Grant.NETWORK_POLICIES)
                                        + "))",
                                "only Yuntai writes network policies here, unless "
                                        + Grant.NETWORK_POLICIES.code()
                                        + " is granted")));
    }

    /**
     * An address in the status is the API server's to refuse: it takes one for a load balancer
     * only. What was there before a grant was taken back stays as it is, and may be changed to
     * less.
     */
    static Guard services() {
        return Guard.of(
                "yuntai-services",
                NamespaceManifests.governed(),
                List.of(Guard.match("", List.of("services"), "CREATE", "UPDATE")),
                List.of(
                        new Rule(
                                type("NodePort", Grant.NODE_PORTS),
                                "node ports are not granted here"),
                        new Rule(
                                type("LoadBalancer", Grant.LOAD_BALANCERS),
                                "load balancers are not granted here"),
                        new Rule(
                                noNodePorts(),
                                "node ports are not granted here, nor to a load balancer: set"
                                        + " allocateLoadBalancerNodePorts to false"),
                        new Rule(
                                "!has(object.spec.externalIPs) || size(object.spec.externalIPs) == 0"
                                        + " || "
                                        + granted(Grant.EXTERNAL_IPS)
                                        + " || (request.operation == 'UPDATE'"
                                        + " && has(oldObject.spec.externalIPs)"
                                        + " && object.spec.externalIPs.all(ip,"
                                        + " ip in oldObject.spec.externalIPs))",
                                "external addresses are not granted here")));
    }

    private static String type(String type, Grant grant) {
        return "!has(object.spec.type) || object.spec.type != '%s' || %s || (request.operation == 'UPDATE' && has(oldObject.spec.type) && oldObject.spec.type == '%s' && %s)"
                .formatted(type, granted(grant), type, opensNoMore());
    }

    /** A load balancer is given a port on every node unless it says that it needs none. */
    private static String noNodePorts() {
        return "!has(object.spec.type) || object.spec.type != 'LoadBalancer' || "
                + granted(Grant.NODE_PORTS)
                + " || (has(object.spec.allocateLoadBalancerNodePorts)"
                + " && !object.spec.allocateLoadBalancerNodePorts"
                + " && (!has(object.spec.ports) || object.spec.ports.all(p,"
                + " !has(p.nodePort) || p.nodePort == 0)))"
                + " || (request.operation == 'UPDATE' && has(oldObject.spec.type)"
                + " && oldObject.spec.type == 'LoadBalancer' && "
                + opensNoMore()
                + ")";
    }

    /**
     * No port that was not there, by no other number on the nodes; and nothing that has the cluster
     * give it another port or address.
     */
    private static String opensNoMore() {
        return "(!has(object.spec.ports) || (has(oldObject.spec.ports)"
                + " && object.spec.ports.all(p, oldObject.spec.ports.exists(o, o.port == p.port"
                + " && (has(o.protocol) ? o.protocol : 'TCP')"
                + " == (has(p.protocol) ? p.protocol : 'TCP')"
                + " && (!has(p.nodePort) || p.nodePort == 0"
                + " || (has(o.nodePort) && o.nodePort == p.nodePort))))))"
                + " && "
                + same("externalTrafficPolicy", "'Cluster'")
                + " && "
                + same("healthCheckNodePort", "0")
                + " && "
                + same("allocateLoadBalancerNodePorts", "true")
                + " && "
                + same("loadBalancerIP", "''")
                + " && (!has(oldObject.spec.loadBalancerSourceRanges)"
                + " || (has(object.spec.loadBalancerSourceRanges)"
                + " && size(object.spec.loadBalancerSourceRanges) > 0"
                + " && object.spec.loadBalancerSourceRanges.all(r,"
                + " r in oldObject.spec.loadBalancerSourceRanges)))";
    }

    private static String same(String field, String unless) {
        return "(has(object.spec.%1$s) ? object.spec.%1$s : %2$s) == (has(oldObject.spec.%1$s) ? oldObject.spec.%1$s : %2$s)"
                .formatted(field, unless);
    }

    private static String granted(Grant grant) {
        return "(has(namespaceObject.metadata.labels) && '%s' in namespaceObject.metadata.labels && namespaceObject.metadata.labels['%s'] == 'true')"
                .formatted(grant.label(), grant.label());
    }
}
