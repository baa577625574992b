package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.kubernetes.FoundNamespace;
import io.yuntai.onboarding.kubernetes.FoundNamespace.FoundDisk;
import io.yuntai.onboarding.kubernetes.FoundNamespace.FoundHost;
import io.yuntai.onboarding.namespace.FindingStore.Known;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
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
        var names = new HashSet<String>();
        var ids = new HashSet<String>();
        for (var host : hosts) {
            names.add(host.namespace() + "/" + host.name());
            ids.add(host.namespace() + "/" + host.id());
        }
        var now = clock.instant();
        var findings = new ArrayList<Finding>();
        for (var namespace : all) {
            if (properties.ignores(namespace.name())) {
                continue;
            }
            // One of others that stands where a system's shall be is nobody's that we know.
            boolean known = namespace.managed() && namespaces.contains(namespace.name().value());
            if (!known) {
                findings.add(of(cluster, namespace, now));
            }
            String in = namespace.name().value();
            for (var host : namespace.hosts()) {
                boolean isIt =
                        host.id().isEmpty()
                                // One that has lost its labels gets them back.
                                ? names.contains(in + "/" + host.name())
                                : hosts.contains(new Known(in, host.name(), host.id()));
                if (!isIt) {
                    findings.add(of(cluster, namespace, host, now));
                }
            }
            for (var disk : namespace.disks()) {
                if (!ids.contains(in + "/" + disk.host())) {
                    findings.add(of(cluster, namespace, disk, now));
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
                Optional.empty(),
                host.uid(),
                1,
                host.vcpu(),
                host.memoryBytes(),
                now);
    }

    private static Finding of(
            String cluster, FoundNamespace namespace, FoundDisk disk, Instant now) {
        return new Finding(
                Finding.Kind.ORPHAN,
                cluster,
                namespace.name(),
                Optional.empty(),
                Optional.of(disk.name()),
                disk.uid(),
                0,
                0,
                0,
                now);
    }

    /** A page of findings, by cluster, namespace, host and disk; {@code q} finds the names. */
    @Transactional(readOnly = true)
    public Page<Finding> list(PageQuery query, FindingFilter filter) {
        return Page.ofOffset(store.page(query, filter), query, store.count(query, filter));
    }

    /**
     * How many namespaces and machines are among them.
     *
     * @param q finds the names
     */
    @Transactional(readOnly = true)
    public long countAdoptable(String q, FindingFilter filter) {
        return store.countAdoptable(PageQuery.pattern(q), filter);
    }

    /**
     * The next of the namespaces and machines among them, in their order, at most 1,000; none:
     * there are no more.
     *
     * @param q finds the names
     * @param after the last one before these; empty: from the first on
     */
    @Transactional(readOnly = true)
    public List<Finding> adoptable(String q, FindingFilter filter, Optional<Finding> after) {
        return store.adoptable(PageQuery.pattern(q), filter, after);
    }
}
