package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.kubernetes.FoundNamespace;
import io.yuntai.onboarding.kubernetes.FoundNamespace.FoundHost;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is on the clusters and not in the register: orphans, which bear our labels, and what nobody
 * manages. A look that found something replaces what the last one found.
 */
@Service
@Transactional
public class Findings {

    private final FindingStore store;
    private final FindingProperties properties;
    private final Clock clock;

    Findings(FindingStore store, FindingProperties properties, Clock clock) {
        this.store = store;
        this.properties = properties;
        this.clock = clock;
    }

    /** When the next look is due, after one at a time. */
    public Instant next(Instant last) {
        return last.plus(properties.every());
    }

    /** Takes note of a cluster's namespaces, as they were read just now. */
    public void found(String cluster, List<FoundNamespace> all) {
        var namespaces = store.namespaces(cluster);
        var hosts = store.hosts(cluster);
        var now = clock.instant();
        var findings = new ArrayList<Finding>();
        for (var namespace : all) {
            if (properties.ignores(namespace.name())) {
                continue;
            }
            boolean known = namespaces.contains(namespace.name().value());
            if (!known) {
                findings.add(of(cluster, namespace, now));
            }
            for (var host : namespace.hosts()) {
                if (!hosts.contains(host.id())) {
                    findings.add(of(cluster, namespace, host, now));
                }
            }
        }
        store.replace(cluster, findings);
    }

    private static Finding of(String cluster, FoundNamespace namespace, Instant now) {
        return new Finding(
                namespace.managed() ? Finding.Kind.ORPHAN : Finding.Kind.UNMANAGED,
                cluster,
                namespace.name(),
                Optional.empty(),
                namespace.uid(),
                namespace.hosts().size(),
                namespace.hosts().stream().mapToInt(FoundHost::vcpu).sum(),
                namespace.hosts().stream().mapToLong(FoundHost::memoryBytes).sum(),
                now);
    }

    /** A machine that a tenant has made by himself bears no label of ours. */
    private static Finding of(
            String cluster, FoundNamespace namespace, FoundHost host, Instant now) {
        return new Finding(
                host.id().isEmpty() ? Finding.Kind.UNMANAGED : Finding.Kind.ORPHAN,
                cluster,
                namespace.name(),
                Optional.of(host.name()),
                host.uid(),
                1,
                host.vcpu(),
                host.memoryBytes(),
                now);
    }

    /** A page of findings, by cluster, namespace and host; {@code q} finds both names. */
    @Transactional(readOnly = true)
    public Page<Finding> list(PageQuery query, FindingFilter filter) {
        return Page.ofOffset(store.page(query, filter), query, store.count(query, filter));
    }
}
