package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which namespaces were compared and found right: one that shall hold the same, and whose objects
 * are the very same states of the very same objects, is right without another comparison. Losing it
 * costs one comparison; it holds no more than the namespaces of the last sweep, and none for long,
 * for an etcd that was put back may give a version twice.
 */
final class NamespaceMemory {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private record Right(Desired.Tenancy tenancy, Set<String> objects, long since) {}

    private final Map<NamespaceName, Right> right = new ConcurrentHashMap<>();

    boolean isRight(Desired.Tenancy tenancy, List<HasMetadata> found) {
        var known = right.get(tenancy.namespace());
        return known != null
                && System.nanoTime() - known.since() < LONGEST.toNanos()
                && known.tenancy().equals(tenancy)
                && known.objects().equals(versions(found));
    }

    void right(Desired.Tenancy tenancy, List<HasMetadata> found) {
        right.put(tenancy.namespace(), new Right(tenancy, versions(found), System.nanoTime()));
    }

    /** Forgets all others. */
    void keep(Collection<Desired.Tenancy> wanted) {
        right.keySet()
                .retainAll(
                        wanted.stream()
                                .map(Desired.Tenancy::namespace)
                                .collect(Collectors.toSet()));
    }

    private static Set<String> versions(List<HasMetadata> objects) {
        return objects.stream().map(Remembered::version).collect(Collectors.toSet());
    }
}
