package io.yuntai.sandbox.storm;

import static io.yuntai.quota.Resource.CPU;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.quota.Account;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.LeasePolicy;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.ObservedLease;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Standing;
import io.yuntai.sandbox.cluster.Fence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The storm itself is tested: protocols that are one change away from ours are caught by it, within
 * the seeds that ours comes through.
 */
class WrongProtocolsTest {

    private static final long SEEDS = 1000;

    @TestFactory
    Stream<DynamicTest> isCaught() {
        var wrong = new LinkedHashMap<String, Parts>();
        wrong.put("no answer is taken for done", Parts.OURS.withCluster(TakesNoAnswerForDone::new));
        wrong.put("no settle time", Parts.OURS.withPolicy(settling(Duration.ZERO)));
        wrong.put("spec.hard in place of status.hard", Parts.OURS.withCluster(ReadsSpec::new));
        wrong.put("the patch before the debit", patchBeforeDebit());
        wrong.put("no fence", Parts.OURS.withFence((_, _) -> true));
        wrong.put("resourceVersion as the fence", Parts.OURS.withFence(WHOLE_OBJECT));
        wrong.put(
                "an ancestor skipped past an unbounded one",
                Parts.OURS.withJudge(WrongProtocolsTest::stopsAtTheFirstUnbounded));
        wrong.put("a lost idempotency key", Parts.OURS.withRetriesThatForgetTheirId());
        wrong.put("a change without its version", Parts.OURS.withBook(IgnoresVersions::new));
        wrong.put("a credit without adding up", Parts.OURS.withCluster(MeasuresNothing::new));
        wrong.put("what the quota counts taken for all that is on its way", naiveMatching());
        wrong.put(
                "a watch that broke taken for one that saw all",
                Parts.OURS.withCluster(KnowsTooMuch::new));
        wrong.put("nobody is asked for what lies idle", Parts.OURS.withBook(AsksNobody::new));
        wrong.put("room never goes back by itself", Parts.OURS.withPolicy(neverIdle()));
        return wrong.entrySet().stream()
                .map(each ->
                        DynamicTest.dynamicTest(
                                each.getKey(),
                                () -> assertThat(caught(each.getValue())).isPresent()));
    }

    @Test
    void everyKindOfChangeIsPlayed() {
        var played = new ConcurrentHashMap<Class<?>, Integer>();
        var counting = Parts.OURS.withBook(book -> new Counting(book, played));
        for (var course : Course.values()) {
            LongStream.rangeClosed(1, 150)
                    .forEach(seed ->
                            assertThat(Storm.play(seed, course, counting).breach()).isEmpty());
        }
        // Orders are granted by whoever approves them, past the keepers' book.
        played.put(LeaseChange.Grant.class, 1);
        assertThat(played.keySet())
                .containsExactlyInAnyOrder(LeaseChange.class.getPermittedSubclasses());
    }

    private static Optional<Breach> caught(Parts parts) {
        return LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> Storm.play(seed, parts).orElse(null))
                .filter(Objects::nonNull)
                .findAny();
    }

    private static LeasePolicy settling(Duration settle) {
        var ours = Parts.OURS.policy();
        return new LeasePolicy(
                ours.reservePercent(),
                ours.leastReserve(),
                ours.stepPercent(),
                ours.scarcePercent(),
                settle,
                ours.idleAfter());
    }

    private static LeasePolicy neverIdle() {
        var ours = Parts.OURS.policy();
        return new LeasePolicy(
                ours.reservePercent(),
                ours.leastReserve(),
                ours.stepPercent(),
                ours.scarcePercent(),
                ours.settle(),
                Duration.ofDays(100));
    }

    private static final class AsksNobody extends ThroughBook {
        AsksNobody(LeaseBook inner) {
            super(inner);
        }

        @Override
        public List<LeaseId> idleBelow(
                NodeId node, Resource resource, Set<String> silent, int most) {
            return List.of();
        }
    }

    /** Admission changes the object with every pod, and with it its resourceVersion. */
    private static final Fence WHOLE_OBJECT = Object::equals;

    /** Asks the levels up to the first one without a ceiling, and none beyond. */
    private static Decision stopsAtTheFirstUnbounded(
            Map<NodeId, Optional<NodeId>> parents,
            Map<Standing.Key, Account> accounts,
            List<Leg> legs) {
        var cut = new HashMap<NodeId, Optional<NodeId>>();
        var leaf = legs.getFirst().leaf();
        parents.forEach((node, parent) -> {
            boolean skipped =
                    !node.equals(leaf)
                            && accounts.getOrDefault(new Standing.Key(node, CPU), Account.UNBOUNDED)
                                    .ceiling()
                                    .isEmpty();
            cut.put(node, skipped ? Optional.empty() : parent);
        });
        var withUnbounded = new HashMap<>(accounts);
        cut.forEach((node, _) ->
                World.RESOURCES.forEach(resource ->
                        withUnbounded.putIfAbsent(
                                new Standing.Key(node, resource), Account.UNBOUNDED)));
        return new Standing(cut, withUnbounded).decide(legs);
    }

    private static Parts patchBeforeDebit() {
        var clusters = new HashMap<String, Cluster>();
        return Parts.OURS
                .withCluster(cluster -> {
                    clusters.put(cluster.name().value(), cluster);
                    return cluster;
                })
                .withBook(book -> new PatchesFirst(book, clusters));
    }

    /** What was last written counts as enforced when the cluster does not answer. */
    private static final class TakesNoAnswerForDone extends ThroughCluster {
        private final Map<NamespaceName, ObservedLease> written = new HashMap<>();

        TakesNoAnswerForDone(Cluster inner) {
            super(inner);
        }

        @Override
        public LeaseOutcome growOrShrink(Desired.Lease lease, ObservedLease found) {
            written.put(
                    lease.namespace(),
                    new ObservedLease(
                            found.incarnation(),
                            lease.epoch(),
                            lease.hard(),
                            lease.hard(),
                            Amounts.NONE));
            return super.growOrShrink(lease, found);
        }

        @Override
        public Reading<Optional<ObservedLease>> lease(NamespaceName namespace) {
            var reading = super.lease(namespace);
            var believed = written.get(namespace);
            return reading instanceof Reading.Unreachable<Optional<ObservedLease>>
                            && believed != null
                    ? new Reading.Read<>(Optional.of(believed))
                    : reading;
        }

        @Override
        public Reading<Amounts> measure(NamespaceName namespace) {
            var reading = super.measure(namespace);
            return reading instanceof Reading.Unreachable<Amounts>
                    ? new Reading.Read<>(Amounts.NONE)
                    : reading;
        }
    }

    private static final class ReadsSpec extends ThroughCluster {
        ReadsSpec(Cluster inner) {
            super(inner);
        }

        @Override
        public Reading<Optional<ObservedLease>> lease(NamespaceName namespace) {
            return switch (super.lease(namespace)) {
                case Reading.Unreachable<Optional<ObservedLease>> none -> none;
                case Reading.Read<Optional<ObservedLease>>(var found) ->
                        new Reading.Read<>(
                                found.map(lease ->
                                        new ObservedLease(
                                                lease.incarnation(),
                                                lease.epoch(),
                                                lease.specHard(),
                                                lease.specHard(),
                                                lease.statusUsed())));
            };
        }
    }

    private static final class MeasuresNothing extends ThroughCluster {
        MeasuresNothing(Cluster inner) {
            super(inner);
        }

        @Override
        public Reading<Amounts> measure(NamespaceName namespace) {
            return new Reading.Read<>(Amounts.NONE);
        }

        @Override
        public Reading<Optional<ObservedLease>> lease(NamespaceName namespace) {
            return switch (super.lease(namespace)) {
                case Reading.Unreachable<Optional<ObservedLease>> none -> none;
                case Reading.Read<Optional<ObservedLease>>(var found) ->
                        new Reading.Read<>(
                                found.map(lease ->
                                        new ObservedLease(
                                                lease.incarnation(),
                                                lease.epoch(),
                                                lease.specHard(),
                                                lease.statusHard(),
                                                lease.statusUsed().min(lease.statusHard()))));
            };
        }
    }

    /** Credits as soon as all is there that the quota counts, which forgets what was under way. */
    private static Parts naiveMatching() {
        return Parts.OURS.withCluster(CountsWhatIsUsed::new);
    }

    private static final class CountsWhatIsUsed extends ThroughCluster {
        CountsWhatIsUsed(Cluster inner) {
            super(inner);
        }

        @Override
        public OptionalLong heard(NamespaceName namespace) {
            return OptionalLong.of(0);
        }

        @Override
        public Optional<Amounts> underway(NamespaceName namespace, long heard, Clock clock) {
            return super.lease(namespace)
                                    instanceof Reading.Read<Optional<ObservedLease>>(var lease)
                            && super.measure(namespace) instanceof Reading.Read<Amounts>(var there)
                    ? lease.map(seen -> seen.statusUsed().minus(there).max(Amounts.NONE))
                    : Optional.empty();
        }
    }

    /** Where nothing is known, nothing is on its way. */
    private static final class KnowsTooMuch extends ThroughCluster {
        KnowsTooMuch(Cluster inner) {
            super(inner);
        }

        @Override
        public OptionalLong heard(NamespaceName namespace) {
            return OptionalLong.of(super.heard(namespace).orElse(0));
        }

        @Override
        public Optional<Amounts> underway(NamespaceName namespace, long heard, Clock clock) {
            return Optional.of(super.underway(namespace, heard, clock).orElse(Amounts.NONE));
        }
    }

    private static final class IgnoresVersions extends ThroughBook {
        IgnoresVersions(LeaseBook inner) {
            super(inner);
        }

        @Override
        public Outcome change(Lease lease, LeaseChange change, Instant at) {
            var current = inner.find(lease.id()).orElseThrow();
            return inner.change(current, change, at);
        }
    }

    private static final class PatchesFirst extends ThroughBook {
        private final Map<String, Cluster> clusters;

        PatchesFirst(LeaseBook inner, Map<String, Cluster> clusters) {
            super(inner);
            this.clusters = clusters;
        }

        @Override
        public Outcome change(Lease lease, LeaseChange change, Instant at) {
            if (change instanceof LeaseChange.Grow) {
                var after = lease.account().after(change);
                var cluster = clusters.get(lease.cluster());
                var namespace = new NamespaceName(lease.namespace());
                if (cluster.lease(namespace)
                                instanceof Cluster.Reading.Read<Optional<ObservedLease>>(var found)
                        && found.isPresent()) {
                    cluster.growOrShrink(
                            new Desired.Lease(namespace, after.granted(), after.epoch()),
                            found.get());
                }
            }
            return inner.change(lease, change, at);
        }
    }

    private static final class Counting extends ThroughBook {
        private final Map<Class<?>, Integer> played;

        Counting(LeaseBook inner, Map<Class<?>, Integer> played) {
            super(inner);
            this.played = played;
        }

        @Override
        public Outcome change(Lease lease, LeaseChange change, Instant at) {
            var outcome = inner.change(lease, change, at);
            if (outcome instanceof Outcome.Changed) {
                played.merge(change.getClass(), 1, Integer::sum);
            }
            return outcome;
        }
    }
}
