package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.region.Zone;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a bureau may set about the namespaces of systems, {@code yuntai.namespaces.…}.
 *
 * @param defaultCpu {@code default-cpu}: what a container requests that names nothing
 * @param defaultMemory {@code default-memory}: likewise
 * @param podSecurity {@code pod-security}: the Pod Security Standard that is enforced; {@code
 *     baseline} is the strictest that KubeVirt's launchers bear
 * @param registries {@code registries}: where images may come from, such as {@code
 *     registry.example.cn/gov}; none: from anywhere
 * @param pinPods {@code pin-pods}: whether each pod is given its zone and processor family as a
 *     node selector (Kubernetes 1.36 and later); needed where the nodes of one cluster are of
 *     several pools
 * @param zones {@code zones.ZONE.egress[0]}, {@code .ingress[0]}: what the namespaces of a zone may
 *     reach, and what reaches them, beyond their own system and name service
 * @param tenants {@code tenants.NAME.group}, {@code .role}: which group of the identity provider
 *     has which ClusterRole in a namespace; where none is given, the four of {@link #TENANTS}
 * @param kubevirtNamespace {@code kubevirt-namespace}: where KubeVirt's own controllers run, which
 *     make launchers and order migrations
 * @param cdiNamespace {@code cdi-namespace}: likewise CDI's, which fill disks
 * @param networkAnnotations {@code network-annotations}: those by which a pod chooses its own
 *     network; where none are given, Multus' and Kube-OVN's
 */
@ConfigurationProperties("yuntai.namespaces")
public record NamespacePolicy(
        @DefaultValue("100m") String defaultCpu,
        @DefaultValue("128Mi") String defaultMemory,
        @DefaultValue("BASELINE") PodSecurity podSecurity,
        @DefaultValue List<String> registries,
        @DefaultValue("false") boolean pinPods,
        @DefaultValue Map<Zone, Network> zones,
        @Nullable Map<String, TenantGroup> tenants,
        @DefaultValue("kubevirt") String kubevirtNamespace,
        @DefaultValue("cdi") String cdiNamespace,
        @Nullable List<String> networkAnnotations) {

    private static final List<String> CHOOSE_NETWORKS =
            List.of(
                    "k8s.v1.cni.cncf.io/networks",
                    "v1.multus-cni.io/default-network",
                    "ovn.kubernetes.io/logical_switch");

    /** Who is who by the groups that the identity provider puts into its tokens. */
    public static final Map<String, TenantGroup> TENANTS =
            Map.of(
                    "unit-staff", new TenantGroup("yuntai:unit:{unit}:staff", "edit"),
                    "unit-owner", new TenantGroup("yuntai:unit:{unit}:owner", "view"),
                    "system-operator", new TenantGroup("yuntai:system:{system}:operator", "edit"),
                    "system-viewer", new TenantGroup("yuntai:system:{system}:viewer", "view"));

    // Before the default, which is looked at by it.
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern ANNOTATION =
            Pattern.compile("([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");

    /** As it is where nothing is configured. */
    public static final NamespacePolicy DEFAULT =
            new NamespacePolicy(
                    "100m",
                    "128Mi",
                    PodSecurity.BASELINE,
                    List.of(),
                    false,
                    Map.of(),
                    null,
                    "kubevirt",
                    "cdi",
                    null);

    private static final Pattern REGISTRY =
            Pattern.compile(
                    "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9._-]{1,100}){0,8}/?");
    private static final int MOST = 64;

    /** Of the Pod Security Standards. */
    public enum PodSecurity {
        BASELINE,
        RESTRICTED
    }

    /** What is open to the outside; each a {@code CIDR}, {@code CIDR:PORT} or with a protocol. */
    public record Network(@DefaultValue List<String> egress, @DefaultValue List<String> ingress) {

        static final Network CLOSED = new Network(List.of(), List.of());

        public Network {
            egress = List.copyOf(egress);
            ingress = List.copyOf(ingress);
            egress.forEach(text -> Objects.requireNonNull(NetworkPeer.parse(text)));
            ingress.forEach(text -> Objects.requireNonNull(NetworkPeer.parse(text)));
        }

        List<NetworkPeer> reachable() {
            return egress.stream().map(NetworkPeer::parse).toList();
        }

        List<NetworkPeer> reaching() {
            return ingress.stream().map(NetworkPeer::parse).toList();
        }
    }

    /**
     * A group of people and what it may do.
     *
     * @param group its name, with {@code {unit}} for the unit's social credit code and {@code
     *     {system}} for the system's code
     * @param role a ClusterRole
     */
    public record TenantGroup(String group, String role) {

        private static final Pattern ROLE = Pattern.compile("[a-z0-9:][a-z0-9.:-]{0,99}");

        public TenantGroup {
            if (group.isBlank() || group.length() > 200) {
                throw new IllegalArgumentException("not a group: " + group);
            }
            if (!ROLE.matcher(role).matches()) {
                throw new IllegalArgumentException("not a ClusterRole: " + role);
            }
            if (!group.contains("{unit}") && !group.contains("{system}")) {
                throw new IllegalArgumentException(
                        "a group of all units would see the others' systems: " + group);
            }
        }

        /** The group's name for one namespace. */
        String of(Desired.Tenancy tenancy) {
            return group.replace("{unit}", tenancy.unit().value())
                    .replace("{system}", tenancy.system().value());
        }
    }

    public NamespacePolicy {
        registries =
                registries.stream()
                        .map(registry -> registry.endsWith("/") ? registry : registry + "/")
                        .toList();
        zones = Map.copyOf(zones);
        tenants = Map.copyOf(tenants == null ? TENANTS : tenants);
        if (Quantities.millis(defaultCpu) < 1 || Quantities.units(defaultMemory) < 1) {
            throw new IllegalArgumentException("a container must request something");
        }
        for (var registry : registries) {
            if (!REGISTRY.matcher(registry).matches()) {
                throw new IllegalArgumentException("not a registry: " + registry);
            }
        }
        for (var namespace : List.of(kubevirtNamespace, cdiNamespace)) {
            if (!NAMESPACE.matcher(namespace).matches()) {
                throw new IllegalArgumentException("not a namespace: " + namespace);
            }
        }
        networkAnnotations =
                List.copyOf(networkAnnotations == null ? CHOOSE_NETWORKS : networkAnnotations);
        for (var annotation : networkAnnotations) {
            if (!ANNOTATION.matcher(annotation).matches()) {
                throw new IllegalArgumentException("not an annotation: " + annotation);
            }
        }
        if (registries.size() > MOST || tenants.size() > MOST || networkAnnotations.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST);
        }
    }

    /** Whether pods are limited everywhere, and not only where one could leave its pool. */
    boolean guardsPods() {
        return pinPods || !registries.isEmpty();
    }

    /** What is open in a zone; nothing where nothing is configured. */
    Network of(Zone zone) {
        return zones.getOrDefault(zone, Network.CLOSED);
    }

    @Override
    public List<String> networkAnnotations() {
        return Objects.requireNonNull(networkAnnotations);
    }

    /** The ClusterRoles that groups of tenants have, in order. */
    TreeSet<String> roles() {
        return Objects.requireNonNull(tenants).values().stream()
                .map(TenantGroup::role)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The groups by the role that they have, each in order. */
    TreeMap<String, List<String>> groupsByRole(Desired.Tenancy tenancy) {
        var byRole = new TreeMap<String, List<String>>();
        Objects.requireNonNull(tenants)
                .values()
                .forEach(tenant -> {
                    var groups =
                            byRole.computeIfAbsent(tenant.role(), _ -> new java.util.ArrayList<>());
                    groups.add(tenant.of(tenancy));
                });
        byRole.values().forEach(groups -> groups.sort(String::compareTo));
        return byRole;
    }
}
