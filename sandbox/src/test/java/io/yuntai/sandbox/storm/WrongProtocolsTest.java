package io.yuntai.sandbox.storm;

import static io.yuntai.quota.Resource.CPU;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
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
import io.yuntai.sandbox.storm.Breach.Rule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * the seeds that ours comes through, by the rule that they break and not because something throws.
 */
class WrongProtocolsTest {

    private static final long SEEDS = 1000;

    /** One change away from ours, and which rule it breaks. */
    private record Wrong(String name, Rule rule, Course course, Parts parts) {

        Wrong(String name, Rule rule, Parts parts) {
            this(name, rule, Course.PLAIN, parts);
        }
    }

    private static final List<Wrong> ALL =
            List.of(
                    new Wrong(
                            "no answer is taken for done",
                            Rule.COVER,
                            Parts.OURS.withCluster(TakesNoAnswerForDone::new)),
                    new Wrong(
                            "no settle time",
                            Rule.COVER,
                            Parts.OURS.withPolicy(settling(Duration.ZERO))),
                    new Wrong(
                            "spec.hard in place of status.hard",
                            Rule.COVER,
                            Parts.OURS.withCluster(ReadsSpec::new)),
                    new Wrong("the patch before the debit", Rule.COVER, patchBeforeDebit()),
                    new Wrong("no fence", Rule.COVER, Parts.OURS.withFence((_, _) -> true)),
                    new Wrong(
                            "resourceVersion as the fence",
                            Rule.FENCE,
                            // Admission changes the object, and so its version, with every pod.
                            Parts.OURS.withFence(Object::equals)),
                    new Wrong(
                            "an ancestor skipped past an unbounded one",
                            Rule.POOL,
                            Parts.OURS.withJudge(WrongProtocolsTest::stopsAtTheFirstUnbounded)),
                    new Wrong(
                            "a lost idempotency key",
                            Rule.REST,
                            Parts.OURS.withRetriesThatForgetTheirId()),
                    new Wrong(
                            "a change without its version",
                            Rule.LEAF,
                            Parts.OURS.withBook(IgnoresVersions::new)),
                    new Wrong(
                            "a credit without adding up",
                            Rule.COVER,
                            Parts.OURS.withCluster(MeasuresNothing::new)),
                    new Wrong(
                            "what the quota counts taken for all that is on its way",
                            Rule.COVER,
                            naiveMatching()),
                    new Wrong(
                            "a watch that broke taken for one that saw all",
                            Rule.COVER,
                            Parts.OURS.withCluster(KnowsTooMuch::new)),
                    new Wrong(
                            "nobody is asked for what lies idle",
                            Rule.SERVED,
                            Parts.OURS.withBook(AsksNobody::new)),
                    new Wrong(
                            "room never goes back by itself",
                            Rule.REST,
                            Parts.OURS.withPolicy(neverIdle())),
                    new Wrong(
                            "what was closed before a restore is taken for gone",
                            Rule.COVER,
                            Course.RESTORED,
                            Parts.OURS.withBook(TakesTheClosedForGone::new)));

    @TestFactory
    Stream<DynamicTest> isCaughtByTheRuleThatItBreaks() {
        return ALL.stream()
                .map(wrong ->
                        DynamicTest.dynamicTest(
                                wrong.name(), () -> assertThat(caught(wrong)).isPresent()));
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

    private static Optional<Breach> caught(Wrong wrong) {
        return LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> Storm.play(seed, wrong.course(), wrong.parts()).breach())
                .flatMap(Optional::stream)
                .filter(breach -> breach.rule() == wrong.rule())
                .findAny();
    }

    private static final class TakesTheClosedForGone extends ThroughBook {
        TakesTheClosedForGone(LeaseBook inner) {
            super(inner);
        }

        @Override
        public List<LeaseId> reopen(String cluster, Collection<String> namespaces, Instant at) {
            return List.of();
        }

        @Override
        public boolean takeIn(LeaseId id, SystemId system, PoolId pool) {
            var _ = super.takeIn(id, system, pool);
            return true;
        }
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

    /** The last one to write is right, so that what others have written meanwhile is lost. */
    private static final class IgnoresVersions extends ThroughBook {
        private final MemoryLeaseBook book;

        IgnoresVersions(LeaseBook inner) {
            super(inner);
            book = (MemoryLeaseBook) inner;
        }

        @Override
        public Outcome change(Lease lease, LeaseChange change, Instant at) {
            return book.write(lease, change);
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
