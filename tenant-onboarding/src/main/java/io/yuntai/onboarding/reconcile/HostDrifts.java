package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.Difference;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.namespace.Drift;
import io.yuntai.onboarding.namespace.DriftPart;
import io.yuntai.onboarding.namespace.Drifts;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Tells what hands have changed of hosts from what we ourselves want otherwise, and records it. A
 * host says by a digest what it was last made of: another digest, and it is we who want something
 * else. Whoever spoils the digest itself is told by this process having seen the host as it should
 * be; a process that has just begun repairs that and takes it for its own doing.
 */
@Component
class HostDrifts {

    /** How a host was when it was as it should be. */
    private record Right(String cluster, String digest, String content) {}

    /** How a host was when it was last put right. */
    private record Tried(String cluster, String content) {}

    private final Drifts drifts;
    private final Clock clock;
    private final Map<HostId, Right> right = new ConcurrentHashMap<>();
    private final Map<HostId, Tried> tried = new ConcurrentHashMap<>();

    /** Of which somebody has begun a repair, and not recorded it when it was last looked for. */
    private final Set<DriftPart> begun = ConcurrentHashMap.newKeySet();

    HostDrifts(Drifts drifts, Clock clock) {
        this.drifts = drifts;
        this.clock = clock;
    }

    /** Notes that a host was seen as it should be. */
    void right(Host host, Desired.Host wish, ObservedHost seen) {
        if (seen.intact()) {
            right.put(host.id(), new Right(host.cluster(), wish.digest(), seen.content()));
            tried.remove(host.id());
            if (begun.remove(part(host))) {
                drifts.settle(part(host));
            }
        }
    }

    /** Notes of which hosts a repair was begun: they are recorded as soon as they are right. */
    void begun(Set<DriftPart> all) {
        begun.addAll(all);
    }

    static DriftPart part(Host host) {
        return DriftPart.host(new LeaseId(host.cluster(), host.namespace()), host.id().value());
    }

    /**
     * Whether a host is as it was when it was last compared and found right, for whoever has not
     * compared it now. Nothing is known after a start: then it is worth a comparison.
     *
     * @param wish the digest of what it shall be
     */
    boolean isRight(Host host, String wish, ObservedHost seen) {
        return new Right(host.cluster(), wish, seen.content()).equals(right.get(host.id()));
    }

    /** Forgets hosts of a cluster that are none any more. */
    void keepOnly(String cluster, Set<HostId> hosts) {
        right.entrySet()
                .removeIf(one ->
                        one.getValue().cluster().equals(cluster) && !hosts.contains(one.getKey()));
        tried.entrySet()
                .removeIf(one ->
                        one.getValue().cluster().equals(cluster) && !hosts.contains(one.getKey()));
        var parts = hosts.stream().map(host -> host.value().toString()).collect(Collectors.toSet());
        begun.removeIf(
                part -> part.where().cluster().equals(cluster) && !parts.contains(part.name()));
    }

    /** Notes what a hand has changed of a host, before it is put right. */
    void begin(Host host, Desired.Host wish, List<Difference> found) {
        var part = part(host);
        drifts.begin(
                part,
                byHand(host, wish, found).stream()
                        .map(one -> Drift.mended(clock.instant(), part.where(), one))
                        .toList());
    }

    private List<Difference> byHand(Host host, Desired.Host wish, List<Difference> found) {
        boolean wasRight =
                Optional.ofNullable(right.get(host.id()))
                        .map(Right::digest)
                        .filter(wish.digest()::equals)
                        .isPresent();
        return found.stream().filter(one -> wasRight || !one.byUs()).toList();
    }

    /**
     * Records what was put right of a host, or what the cluster did not let us put right: by
     * refusing it, or by showing afterwards the very same again.
     *
     * @param seen the host before; empty: it was not there
     * @return whether it was changed by hand
     */
    boolean mended(
            Host host, Desired.Host wish, Optional<ObservedHost> seen, Cluster.Mending mending) {
        var byHand = byHand(host, wish, mending.found());
        switch (mending.outcome()) {
            case ApplyOutcome.Applied _ -> {
                boolean inVain =
                        seen.map(one -> new Tried(host.cluster(), one.content()))
                                .filter(now -> now.equals(tried.put(host.id(), now)))
                                .isPresent();
                complete(host, byHand, inVain);
            }
            case ApplyOutcome.Rejected _ -> complete(host, byHand, true);
            case ApplyOutcome.Unknown _ -> {} // It is found again, or it is right.
        }
        return !byHand.isEmpty();
    }

    private void complete(Host host, List<Difference> byHand, boolean inVain) {
        if (!byHand.isEmpty()) {
            var part = part(host);
            drifts.complete(
                    part,
                    byHand.stream()
                            .map(one ->
                                    inVain
                                            ? Drift.reported(clock.instant(), part.where(), one)
                                            : Drift.mended(clock.instant(), part.where(), one))
                            .toList());
        }
    }
}
