package io.yuntai.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.LeaseOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.Incarnation;
import io.yuntai.quota.ObservedLease;
import io.yuntai.quota.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Faults and lags on a clock that is moved by hand. */
class SimulatedClusterFaultsTest {

    private static final ApplyOutcome APPLIED = new ApplyOutcome.Applied();
    private static final LeaseOutcome WRITTEN = new LeaseOutcome.Written();
    private static final NamespaceName NAMESPACE = new NamespaceName("s-1");
    private static final PoolId POOL = PoolId.of("extranet-ordinary");
    private static final Epoch FIRST = new Epoch(1);
    private static final Epoch SECOND = new Epoch(2);
    private static final Amounts SMALL = Amounts.of(Resource.CPU, 1000);
    private static final Amounts LARGE = Amounts.of(Resource.CPU, 2000);
    private static final Lags LAGS =
            new Lags(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofSeconds(10));

    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private Fault nextFault = new Fault.None();
    private final SimulatedCluster cluster = clusterWith(_ -> nextFault);

    @Test
    void aLateWriteTakesEffectLaterAndIsFencedWhenOvertaken() {
        leased(cluster);
        nextFault = new Fault.Late(Duration.ofSeconds(30));
        assertThat(cluster.growOrShrink(lease(SECOND, LARGE), expected(cluster, FIRST)))
                .isInstanceOf(LeaseOutcome.Unknown.class);
        nextFault = new Fault.None();
        assertThat(observed(cluster).epoch()).isEqualTo(FIRST);
        var overtaking = lease(SECOND, Amounts.of(Resource.CPU, 500));
        assertThat(cluster.growOrShrink(overtaking, expected(cluster, FIRST))).isEqualTo(WRITTEN);
        pass(Duration.ofMinutes(1));
        assertThat(observed(cluster).specHard()).isEqualTo(overtaking.hard());
    }

    @Test
    void aWriteWhoseAnswerIsLostHasHappenedAndCountsWhenRepeated() {
        leased(cluster);
        nextFault = new Fault.LostAnswer();
        assertThat(cluster.growOrShrink(lease(SECOND, LARGE), expected(cluster, FIRST)))
                .isInstanceOf(LeaseOutcome.Unknown.class);
        nextFault = new Fault.None();
        assertThat(observed(cluster).specHard()).isEqualTo(LARGE);
        assertThat(cluster.growOrShrink(lease(SECOND, LARGE), expected(cluster, FIRST)))
                .isEqualTo(WRITTEN);
    }

    @Test
    void aStaleReadShowsTheLeaseBeforeItsLastChange() {
        leased(cluster);
        var before = observed(cluster);
        assertThat(cluster.growOrShrink(lease(SECOND, LARGE), expected(cluster, FIRST)))
                .isEqualTo(WRITTEN);
        nextFault = new Fault.StaleRead();
        assertThat(observed(cluster)).isEqualTo(before);
    }

    @Test
    void aConflictIsUnknownThoughTheClusterIsReachable() {
        nextFault = new Fault.Conflict();
        assertThat(cluster.apply(systemNamespace())).isInstanceOf(ApplyOutcome.Unknown.class);
        assertThat(cluster.reachable()).isTrue();
        nextFault = new Fault.LostRequest();
        assertThat(cluster.apply(systemNamespace())).isInstanceOf(ApplyOutcome.Unknown.class);
        assertThat(cluster.reachable()).isFalse();
    }

    @Test
    void nothingIsAdmittedBeforeALeaseIsEnforced() {
        assertThat(cluster.apply(systemNamespace())).isEqualTo(APPLIED);
        assertThat(cluster.createPod(NAMESPACE, "early", SMALL))
                .isInstanceOf(ApplyOutcome.Rejected.class);
        assertThat(cluster.apply(new Desired.EmptyLease(NAMESPACE))).isEqualTo(APPLIED);
        assertThat(cluster.growOrShrink(lease(FIRST, SMALL), expected(cluster, Epoch.ZERO)))
                .isEqualTo(WRITTEN);
        assertThat(cluster.createPod(NAMESPACE, "early", SMALL))
                .isInstanceOf(ApplyOutcome.Rejected.class);
        pass(LAGS.status());
        assertThat(cluster.createPod(NAMESPACE, "late", SMALL)).isEqualTo(APPLIED);
    }

    @Test
    void whatIsAdmittedMayAppearLaterThanAnyListShows() {
        leased(cluster);
        assertThat(cluster.createPod(NAMESPACE, "slow", SMALL, Duration.ofSeconds(20)))
                .isEqualTo(APPLIED);
        assertThat(observed(cluster).statusUsed()).isEqualTo(SMALL);
        assertThat(measured(cluster)).isEqualTo(Amounts.NONE);
        assertThat(cluster.taken(NAMESPACE)).isEqualTo(SMALL);
        pass(Duration.ofSeconds(20));
        assertThat(measured(cluster)).isEqualTo(SMALL);
    }

    @Test
    void whatIsEndedIsReleasedOnlyWhenTheControllerComesBy() {
        leased(cluster);
        assertThat(cluster.createPod(NAMESPACE, "a", SMALL)).isEqualTo(APPLIED);
        assertThat(cluster.deletePod(NAMESPACE, "a")).isEqualTo(APPLIED);
        pass(LAGS.release().minusMillis(1));
        assertThat(cluster.createPod(NAMESPACE, "b", SMALL))
                .isInstanceOf(ApplyOutcome.Rejected.class);
        pass(Duration.ofMillis(1));
        assertThat(cluster.createPod(NAMESPACE, "b", SMALL)).isEqualTo(APPLIED);
    }

    @Test
    void aHostStartsOnlyWhenTheLeaseHasRoomForItsLauncher() {
        var withoutMemory =
                Amounts.of(
                        Map.of(
                                Resource.HOSTS,
                                1L,
                                Resource.CPU,
                                4000L,
                                Resource.storage("ssd"),
                                1L << 40));
        leased(cluster, withoutMemory);
        assertThat(cluster.apply(host("web-1"))).isEqualTo(APPLIED);
        pass(Duration.ofMinutes(10));
        assertThat(hosts(cluster))
                .extracting(ObservedHost::running, ObservedHost::reason)
                .containsExactly(tuple(false, "Starting"));
        var withMemory = lease(SECOND, withoutMemory.with(Resource.MEMORY, 9L << 30));
        assertThat(cluster.growOrShrink(withMemory, expected(cluster, FIRST))).isEqualTo(WRITTEN);
        pass(Duration.ofMinutes(5));
        assertThat(hosts(cluster))
                .extracting(ObservedHost::running, ObservedHost::reason)
                .containsExactly(tuple(true, "Running"));
        assertThat(observed(cluster).statusUsed()).isEqualTo(measured(cluster));
    }

    @Test
    void theSameSeedGivesTheSameStory() {
        assertThat(story(7)).isEqualTo(story(7)).isNotEqualTo(story(8));
    }

    /** What a caller sees who goes on whatever happens. */
    private List<Object> story(long seed) {
        now = Instant.parse("2026-11-24T00:00:00Z");
        var faulty = clusterWith(FaultPlan.seeded(seed, 3, Duration.ofSeconds(5)));
        var seen = new ArrayList<Object>();
        for (int i = 1; i < 60; i++) {
            seen.add(faulty.apply(systemNamespace()));
            seen.add(faulty.apply(new Desired.EmptyLease(NAMESPACE)));
            seen.add(
                    faulty.growOrShrink(
                            lease(new Epoch(i + 1), SMALL.times(i)),
                            expected(faulty, new Epoch(i))));
            seen.add(faulty.apply(host("web-" + i)));
            seen.add(faulty.lease(NAMESPACE));
            seen.add(faulty.hosts(NAMESPACE));
            now = now.plusMillis(700);
        }
        return seen;
    }

    private SimulatedCluster clusterWith(FaultPlan faults) {
        InstantSource hand = () -> now;
        return new SimulatedCluster(
                new ClusterName("played"), hand.withZone(ZoneOffset.UTC), LAGS, faults);
    }

    /** In steps, so that what controllers do in turn is due in turn. */
    private void pass(Duration duration) {
        var end = now.plus(duration);
        while (now.isBefore(end)) {
            var step = now.plusSeconds(1);
            now = step.isAfter(end) ? end : step;
            cluster.tick();
        }
    }

    private void leased(SimulatedCluster in) {
        leased(in, SMALL);
    }

    private void leased(SimulatedCluster in, Amounts hard) {
        assertThat(in.apply(systemNamespace())).isEqualTo(APPLIED);
        assertThat(in.apply(new Desired.EmptyLease(NAMESPACE))).isEqualTo(APPLIED);
        assertThat(in.growOrShrink(lease(FIRST, hard), expected(in, Epoch.ZERO)))
                .isEqualTo(WRITTEN);
        pass(LAGS.status());
        assertThat(observed(in).statusHard()).isEqualTo(hard);
    }

    private static Desired.SystemNamespace systemNamespace() {
        return new Desired.SystemNamespace(
                NAMESPACE, new UnitId(new UUID(0, 1)), new SystemId(new UUID(0, 2)), POOL);
    }

    private static Desired.Lease lease(Epoch epoch, Amounts hard) {
        return new Desired.Lease(NAMESPACE, hard, epoch);
    }

    private static Desired.Host host(String name) {
        var id = new HostId(new UUID(0, name.hashCode()));
        return new Desired.Host(NAMESPACE, name, id, 4, 8L << 30, 20L << 30, "ssd", POOL);
    }

    /** The lease that is there now, as if it had this epoch. */
    private static ObservedLease expected(SimulatedCluster in, Epoch epoch) {
        var found = in.truth(NAMESPACE);
        return new ObservedLease(
                found.map(ObservedLease::incarnation).orElse(new Incarnation("none")),
                epoch,
                Amounts.NONE,
                Amounts.NONE,
                Amounts.NONE);
    }

    private static ObservedLease observed(SimulatedCluster in) {
        return read(in.lease(NAMESPACE)).orElseThrow();
    }

    private static List<ObservedHost> hosts(SimulatedCluster in) {
        return read(in.hosts(NAMESPACE));
    }

    private static Amounts measured(SimulatedCluster in) {
        return read(in.measure(NAMESPACE));
    }

    private static <T> T read(Reading<T> reading) {
        return switch (reading) {
            case Reading.Read<T>(var value) -> value;
            case Reading.Unreachable<T>(var reason) -> throw new AssertionError(reason);
        };
    }
}
