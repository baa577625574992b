package io.yuntai.onboarding.kubernetes;

import static io.yuntai.quota.Resource.CPU;
import static io.yuntai.quota.Resource.HOSTS;
import static io.yuntai.quota.Resource.MEMORY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.LeaseOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.Incarnation;
import io.yuntai.quota.ObservedLease;
import io.yuntai.quota.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All that may be relied on of a cluster. Whatever the real server taught is a case here; a
 * simulation may be slower or simpler than the real one, never kinder.
 */
public abstract class ClusterContract {

    private static final ApplyOutcome APPLIED = new ApplyOutcome.Applied();
    private static final LeaseOutcome WRITTEN = new LeaseOutcome.Written();
    private static final PoolId POOL = PoolId.of("extranet-ordinary");
    private static final Epoch FIRST = new Epoch(1);
    private static final ObservedLease NEVER =
            new ObservedLease(
                    new Incarnation("never"), FIRST, Amounts.NONE, Amounts.NONE, Amounts.NONE);
    private static final Resource SSD = Resource.storage("ssd");
    private static final long GIB = 1L << 30;
    private static final Epoch SECOND = new Epoch(2);
    private static final Epoch THIRD = new Epoch(3);

    private final NamespaceName namespace =
            new NamespaceName("contract-" + UUID.randomUUID().toString().substring(0, 13));

    private final Desired.SystemNamespace tenants =
            new Desired.SystemNamespace(
                    namespace,
                    new UnitId(UUID.randomUUID()),
                    new SystemId(UUID.randomUUID()),
                    POOL);
    private final char check = UnifiedSocialCreditCode.checkCharacter("11440700006900001");

    /** The cluster under test; namespaces of other tests may be in it. */
    protected abstract Cluster cluster();

    /** A cluster that gives no answer. */
    protected abstract Cluster unreachableCluster();

    /** Makes a pod as a tenant does, past admission. */
    protected abstract ApplyOutcome createPod(NamespaceName namespace, String name, Amounts asked);

    /** Ends a pod at once. */
    protected abstract void deletePod(NamespaceName namespace, String name);

    /** Somebody changes or takes away what stands in the lease's annotation of the epoch. */
    protected abstract void spoilEpoch(NamespaceName namespace, Optional<String> text);

    /** Somebody puts a second quota beside the lease, whatever he has to do for it. */
    protected abstract void createQuota(NamespaceName namespace, String name, Amounts hard);

    /** Somebody deletes what closes a namespace, whatever he has to do for it. */
    protected abstract void deleteNetworkPolicy(NamespaceName namespace);

    /** Has a host's machine run, where nobody else does that. */
    protected abstract void startInstance(NamespaceName namespace, String host);

    /** Somebody changes a host's processors by hand. */
    protected abstract void editHost(NamespaceName namespace, String host, int vcpu);

    /** Somebody deletes a disk; gone when this returns. */
    protected abstract void deleteClaim(NamespaceName namespace, String claim);

    /** How long this cluster's controllers may take. */
    protected abstract Duration patience();

    /**
     * Does it while the cluster recounts no quota. A recount between a charge and its object
     * forgets the charge, and one more is let in: a race of Kubernetes' own, which {@code
     * docs/quota.md} names and which is nothing that these tests are about.
     */
    protected abstract <T> T uncounted(Supplier<T> deed);

    @Test
    void isTheSameClusterHoweverOftenItIsAskedAndNothingIsWrongWithIt() {
        var first = cluster().uid();
        assertThat(first).isInstanceOf(Reading.Read.class).isEqualTo(cluster().uid());
        assertThat(cluster().symptoms(Clock.systemUTC()))
                .noneMatch(symptom -> symptom.kind().stops());
        assertThat(cluster().inspect(Clock.systemUTC()).checks())
                .extracting(ClusterCheck::subject)
                .containsExactly(ClusterCheck.Subject.values());
        assertThat(cluster().inspect(Clock.systemUTC()).uid())
                .isEqualTo(
                        switch (first) {
                            case Reading.Read<ClusterUid>(var uid) -> Optional.of(uid);
                            case Reading.Unreachable<ClusterUid> _ -> Optional.empty();
                        });
    }

    @Test
    void whereAnotherShouldBeNothingIsReadAndNothingWrittenButWhoItIs() {
        try {
            cluster().expect(Optional.of(new ClusterUid("another")));
            var uid = cluster().uid();
            assertThat(uid).isInstanceOf(Reading.Read.class);
            assertThat(cluster().symptoms(Clock.systemUTC()))
                    .first()
                    .satisfies(symptom ->
                            assertThat(symptom.kind()).isEqualTo(Symptom.Kind.IDENTITY_CHANGED));
            assertThat(cluster().apply(tenants)).isInstanceOf(ApplyOutcome.Unknown.class);
            assertThat(cluster().lease(namespace)).isInstanceOf(Reading.Unreachable.class);
            assertThat(cluster().guard()).isInstanceOf(ApplyOutcome.Unknown.class);
        } finally {
            cluster().expect(Optional.empty());
            var _ = cluster().uid();
        }
        assertThat(cluster().symptoms(Clock.systemUTC()))
                .noneMatch(symptom -> symptom.kind() == Symptom.Kind.IDENTITY_CHANGED);
        assertThat(cluster().lease(namespace)).isInstanceOf(Reading.Read.class);
    }

    @Test
    void tellsWhetherANamespaceIsThere() {
        assertThat(cluster().look(namespace))
                .isEqualTo(new Reading.Read<>(ObservedNamespace.ABSENT));
        assertThat(cluster().apply(tenants)).isEqualTo(APPLIED);
        assertThat(cluster().look(namespace))
                .isInstanceOfSatisfying(
                        Reading.Read.class,
                        read ->
                                assertThat(((ObservedNamespace) read.value()).phase())
                                        .isEqualTo(ObservedNamespace.Phase.ACTIVE));
    }

    @Test
    void beforeANamespaceIsMadeItIsAskedWhoThisIs() {
        try {
            // Nobody has asked yet: only the making itself finds it out.
            cluster().expect(Optional.of(new ClusterUid("another")));
            assertThat(cluster().apply(tenants)).isInstanceOf(ApplyOutcome.Unknown.class);
        } finally {
            cluster().expect(Optional.empty());
            var _ = cluster().uid();
        }
        assertThat(cluster().lease(namespace))
                .isEqualTo(new Reading.Read<>(Optional.<ObservedLease>empty()));
    }

    @Test
    void saysWhatItsNodesOffer() {
        assertThat(cluster().capacity())
                .isInstanceOfSatisfying(
                        Reading.Read.class,
                        read -> {
                            var capacity = (NodeCapacity) read.value();
                            assertThat(capacity.open()).isLessThanOrEqualTo(capacity.ready());
                            assertThat(
                                            capacity.shares().stream()
                                                    .mapToInt(NodeCapacity.Share::nodes)
                                                    .sum())
                                    .isEqualTo(capacity.open());
                        });
    }

    @Test
    void oneThatGivesNoAnswerSaysSoOfItself() {
        var _ = unreachableCluster().uid();
        assertThat(unreachableCluster().capacity()).isInstanceOf(Reading.Unreachable.class);
        assertThat(unreachableCluster().symptoms(Clock.systemUTC()))
                .extracting(Symptom::kind)
                .contains(Symptom.Kind.UNREACHABLE);
    }

    @Test
    void applyingTwiceChangesNothing() {
        leased(Amounts.of(Map.of(HOSTS, 1L, CPU, 8000L, MEMORY, 16 * GIB, SSD, 20 * GIB)));
        assertThat(cluster().apply(systemNamespace())).isEqualTo(APPLIED);
        assertThat(applyUntilKnown(host("web-1", 20))).isEqualTo(APPLIED);
        assertThat(applyUntilKnown(host("web-1", 20))).isEqualTo(APPLIED);
        assertThat(names(hosts())).containsExactly("web-1");
        assertThat(measured().get(HOSTS)).isEqualTo(1);
        assertThat(measured().get(SSD)).isEqualTo(20 * GIB);
    }

    @Test
    void whatANamespaceHoldsIsComparedWithWhatItShall() {
        leased(Amounts.of(CPU, 1000));
        assertThat(differences(tenancy(Set.of()))).isNotEmpty().allMatch(Difference::byUs);
        assertThat(cluster().mend(tenancy(Set.of())).outcome()).isEqualTo(APPLIED);
        assertThat(differences(tenancy(Set.of()))).isEmpty();
        assertThat(differences(tenancy(Set.of(Grant.NODE_PORTS))))
                .isNotEmpty()
                .allMatch(Difference::byUs);
        deleteNetworkPolicy(namespace);
        assertThat(differences(tenancy(Set.of())))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.kind()).isEqualTo("NetworkPolicy");
                    assertThat(one.missing()).isTrue();
                    assertThat(one.byUs()).isFalse();
                });
        assertThat(cluster().mend(tenancy(Set.of())).outcome()).isEqualTo(APPLIED);
        assertThat(differences(tenancy(Set.of()))).isEmpty();
    }

    @Test
    void everyNamespaceIsFoundWithItsMachines() {
        leased(Amounts.of(Map.of(HOSTS, 1L, CPU, 8000L, MEMORY, 16 * GIB, SSD, 20 * GIB)));
        var host = host("web-1", 20);
        assertThat(applyUntilKnown(host)).isEqualTo(APPLIED);
        var found =
                switch (cluster().namespaces()) {
                    case Reading.Read<List<FoundNamespace>>(var all) -> all;
                    case Reading.Unreachable<List<FoundNamespace>>(var why) ->
                            throw new AssertionError(why);
                };
        assertThat(found)
                .anySatisfy(one -> {
                    assertThat(one.name()).isEqualTo(namespace);
                    assertThat(one.managed()).isTrue();
                    assertThat(one.uid()).isNotEmpty();
                    assertThat(one.hosts())
                            .singleElement()
                            .satisfies(machine -> {
                                assertThat(machine.name()).isEqualTo("web-1");
                                assertThat(machine.id()).isEqualTo(host.id().toString());
                            });
                })
                .anySatisfy(one -> {
                    assertThat(one.name().value()).isEqualTo("kube-system");
                    assertThat(one.managed()).isFalse();
                });
        assertThat(unreachableCluster().namespaces()).isInstanceOf(Reading.Unreachable.class);
    }

    @Test
    void whatOthersHaveMadeIsReadAndWhatIsSomebodysIsNotTakenOver() {
        leased(Amounts.of(CPU, 2000));
        var here = cluster().occupied(namespace);
        assertThat(here)
                .isInstanceOfSatisfying(
                        Reading.Read.class,
                        read ->
                                assertThat(((Optional<?>) read.value()).map(Occupied.class::cast))
                                        .hasValueSatisfying(one -> {
                                            assertThat(one.uid()).isNotEmpty();
                                            assertThat(one.ending()).isFalse();
                                            assertThat(one.holder())
                                                    .hasValue(Occupied.Holder.MANAGED);
                                        }));
        assertThat(cluster().occupied(new NamespaceName("no-such-namespace")))
                .isEqualTo(new Reading.Read<>(Optional.empty()));
        var somebodyElses =
                new Desired.SystemNamespace(
                        namespace,
                        new UnitId(UUID.randomUUID()),
                        new SystemId(UUID.randomUUID()),
                        POOL);
        assertThat(cluster().takeOver(somebodyElses, "uid-of-another"))
                .isInstanceOf(ApplyOutcome.Rejected.class);
        assertThat(unreachableCluster().occupied(namespace))
                .isInstanceOf(Reading.Unreachable.class);
        assertThat(unreachableCluster().takeOver(somebodyElses, "uid"))
                .isInstanceOf(ApplyOutcome.Unknown.class);
    }

    @Test
    void aMigrationIsOrderedOnceAndEnded() {
        leased(Amounts.of(CPU, 2000));
        for (int time = 0; time < 2; time++) {
            assertThat(cluster().migrate(namespace, "web-1", "move-1")).isEqualTo(APPLIED);
        }
        assertThat(cluster().migration(namespace, "move-1"))
                .isInstanceOfSatisfying(
                        Reading.Read.class,
                        read ->
                                assertThat(
                                                ((Optional<?>) read.value())
                                                        .map(ObservedMigration.class::cast))
                                        .hasValueSatisfying(
                                                one -> assertThat(one.uid()).isNotEmpty()));
        for (int time = 0; time < 2; time++) {
            assertThat(cluster().endMigration(namespace, "move-1")).isEqualTo(APPLIED);
        }
        await().atMost(patience())
                .until(() ->
                        cluster()
                                .migration(namespace, "move-1")
                                .equals(new Reading.Read<>(Optional.empty())));
        assertThat(unreachableCluster().migrate(namespace, "web-1", "move-1"))
                .isInstanceOf(ApplyOutcome.Unknown.class);
        assertThat(unreachableCluster().endMigration(namespace, "move-1"))
                .isInstanceOf(ApplyOutcome.Unknown.class);
        assertThat(unreachableCluster().migration(namespace, "move-1"))
                .isInstanceOf(Reading.Unreachable.class);
    }

    @Test
    void aNamespaceThatIsNotThereIsMissing() {
        assertThat(differences(tenancy(Set.of())))
                .anyMatch(one -> one.kind().equals("Namespace") && one.missing());
        assertThat(unreachableCluster().differences(List.of(tenancy(Set.of()))))
                .isInstanceOf(Reading.Unreachable.class);
    }

    private List<Difference> differences(Desired.Tenancy wanted) {
        return switch (cluster().differences(List.of(wanted))) {
            case Reading.Read<List<Difference>>(var found) -> found;
            case Reading.Unreachable<List<Difference>>(var why) -> throw new AssertionError(why);
        };
    }

    private Desired.Tenancy tenancy(Set<Grant> grants) {
        return new Desired.Tenancy(
                tenants,
                new UnifiedSocialCreditCode("11440700006900001" + check),
                new SystemCode("portal"),
                grants,
                false);
    }

    @Test
    void aCensusSaysOfEachNamespaceWhatItSaysItself() {
        leased(Amounts.of(CPU, 1000));
        if (!(cluster().census() instanceof Cluster.Reading.Read<Census>(var census))
                || !(cluster().hosts(namespace)
                        instanceof Cluster.Reading.Read<List<Cluster.ObservedHost>>(var hosts))) {
            throw new AssertionError("not read");
        }
        assertThat(census.lease(namespace)).contains(observed());
        assertThat(census.hosts(namespace)).isEqualTo(hosts);
        assertThat(census.lease(new NamespaceName("nobody-s"))).isEmpty();
    }

    @Test
    void aLeaseIsCreatedOnceAndNeverChangedByApply() {
        leased(Amounts.of(CPU, 1000));
        assertThat(cluster().apply(emptyLease())).isEqualTo(APPLIED);
        assertThat(observed().epoch()).isEqualTo(FIRST);
        assertThat(observed().specHard()).isEqualTo(Amounts.of(CPU, 1000));
    }

    @Test
    void whatIsEnforcedFollowsWhatWasAskedFor() {
        leased(Amounts.of(CPU, 1000));
        var more = Amounts.of(Map.of(CPU, 2500L, MEMORY, 3 * GIB, SSD, 40 * GIB, HOSTS, 2L));
        assertThat(write(lease(SECOND, more), FIRST)).isEqualTo(WRITTEN);
        assertThat(observed().specHard()).isEqualTo(more);
        assertThat(observed().epoch()).isEqualTo(SECOND);
        awaitEnforced(more);
    }

    @Test
    void aDelayedWriteOfAnEarlierHolderChangesNothing() {
        leased(Amounts.of(CPU, 1000));
        var current = lease(SECOND, Amounts.of(CPU, 2000));
        assertThat(write(current, FIRST)).isEqualTo(WRITTEN);
        assertThat(write(lease(SECOND, Amounts.of(CPU, 9000)), FIRST))
                .isEqualTo(new LeaseOutcome.Fenced(SECOND));
        assertThat(observed().specHard()).isEqualTo(current.hard());
        assertThat(write(lease(THIRD, Amounts.of(CPU, 9000)), FIRST))
                .isEqualTo(new LeaseOutcome.Fenced(SECOND));
        assertThat(observed().specHard()).isEqualTo(current.hard());
    }

    @Test
    void aDelayedWriteToALeaseThatWasMadeAnewChangesNothing() {
        leased(Amounts.of(CPU, 1000));
        var earlier = withEpoch(observed(), Epoch.ZERO);
        assertThat(cluster().deleteNamespace(namespace)).isEqualTo(APPLIED);
        await().atMost(patience())
                .until(() ->
                        cluster().apply(systemNamespace()).equals(APPLIED)
                                && cluster().apply(emptyLease()).equals(APPLIED)
                                && !observed().incarnation().equals(earlier.incarnation()));
        assertThat(cluster().growOrShrink(lease(FIRST, Amounts.of(CPU, 9000)), earlier))
                .isInstanceOf(LeaseOutcome.Fenced.class);
        assertThat(observed().specHard()).isEqualTo(Amounts.NONE);
    }

    @Test
    void writingTheSameLeaseAgainCountsAsWritten() {
        leased(Amounts.of(CPU, 1000));
        var grown = lease(SECOND, Amounts.of(CPU, 2000));
        assertThat(write(grown, FIRST)).isEqualTo(WRITTEN);
        assertThat(write(grown, FIRST)).isEqualTo(WRITTEN);
    }

    @Test
    void aLeaseThatIsNotThereIsMissing() {
        var lease = lease(SECOND, Amounts.of(CPU, 1000));
        assertThat(cluster().lease(namespace)).isEqualTo(new Reading.Read<>(Optional.empty()));
        assertThat(write(lease, FIRST)).isEqualTo(new LeaseOutcome.Missing());
        assertThat(cluster().apply(systemNamespace())).isEqualTo(APPLIED);
        assertThat(write(lease, FIRST)).isEqualTo(new LeaseOutcome.Missing());
    }

    @Test
    void aLeaseThatCannotBeIsRejectedAndNotTakenForFenced() {
        leased(Amounts.of(CPU, 1000));
        assertThat(write(lease(SECOND, Amounts.of(CPU, -1)), FIRST))
                .isInstanceOf(LeaseOutcome.Rejected.class);
        var unknown = Amounts.of(new Resource("nonsense"), 1);
        assertThat(write(lease(SECOND, unknown), FIRST)).isInstanceOf(LeaseOutcome.Rejected.class);
        assertThat(observed().epoch()).isEqualTo(FIRST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "seven", "1234567890123456789012"})
    void aSpoiltEpochIsZeroAndIsPutRightByWhoeverHasReadIt(String text) {
        leased(Amounts.of(CPU, 1000));
        spoilEpoch(namespace, Optional.of(text).filter(any -> !any.isEmpty()));
        var spoilt = observed();
        assertThat(spoilt.epoch()).isEqualTo(Epoch.ZERO);
        assertThat(cluster().growOrShrink(lease(SECOND, Amounts.of(CPU, 1000)), spoilt))
                .isEqualTo(WRITTEN);
        assertThat(observed().epoch()).isEqualTo(SECOND);
        assertThat(observed().incarnation()).isNotEqualTo(spoilt.incarnation());
        // What is delayed until it is spoilt in the same way again changes nothing.
        spoilEpoch(namespace, Optional.of(text).filter(any -> !any.isEmpty()));
        assertThat(cluster().growOrShrink(lease(FIRST, Amounts.of(CPU, 9000)), spoilt))
                .isInstanceOf(LeaseOutcome.Fenced.class);
        assertThat(observed().specHard()).isEqualTo(Amounts.of(CPU, 1000));
    }

    @Test
    void aRaisedEpochIsReadAndFencesWhoeverReadTheOneBefore() {
        leased(Amounts.of(CPU, 1000));
        spoilEpoch(namespace, Optional.of("77"));
        assertThat(observed().epoch()).isEqualTo(new Epoch(77));
        assertThat(write(lease(SECOND, Amounts.of(CPU, 2000)), FIRST))
                .isEqualTo(new LeaseOutcome.Fenced(new Epoch(77)));
    }

    @Test
    void aSecondQuotaIsFoundAndRemovedAndTheLeaseStays() {
        leased(Amounts.of(CPU, 1000));
        createQuota(namespace, "second", Amounts.of(CPU, 5000));
        await().atMost(patience()).untilAsserted(() -> assertThat(strays()).hasSize(1));
        var stray = strays().getFirst();
        assertThat(stray.name()).isEqualTo("second");
        assertThat(stray.hard()).isNotEmpty();
        assertThat(cluster().deleteStrayQuota(stray)).isEqualTo(APPLIED);
        assertThat(strays()).isEmpty();
        assertThat(cluster().deleteStrayQuota(stray)).isEqualTo(APPLIED);
        assertThat(observed().specHard()).isEqualTo(Amounts.of(CPU, 1000));
    }

    @Test
    void aSecondQuotaThatWasMadeAnewIsAnother() {
        leased(Amounts.of(CPU, 1000));
        createQuota(namespace, "second", Amounts.of(CPU, 5000));
        var stray = strays().getFirst();
        assertThat(cluster().deleteStrayQuota(stray)).isEqualTo(APPLIED);
        createQuota(namespace, "second", Amounts.of(CPU, 5000));
        assertThat(cluster().deleteStrayQuota(stray)).isEqualTo(APPLIED);
        assertThat(strays()).hasSize(1);
    }

    @Test
    void aWatchTellsOfASecondQuota() {
        var told = ConcurrentHashMap.<NamespaceName>newKeySet();
        leased(Amounts.of(CPU, 1000));
        try (var watching =
                cluster()
                        .watch(change -> {
                            if (change.stray()) {
                                told.add(change.namespace());
                            }
                        })) {
            createQuota(namespace, "second", Amounts.of(CPU, 5000));
            awaitTold(told, namespace);
            assertThat(watching).isNotNull();
        }
    }

    @Test
    void withGuardsNothingIsAdmittedBeforeALeaseIsEnforced() {
        assertThat(cluster().guard()).isEqualTo(APPLIED);
        assertThat(cluster().guard()).isEqualTo(APPLIED);
        assertThat(cluster().apply(systemNamespace())).isEqualTo(APPLIED);
        var asked = Amounts.of(Map.of(CPU, 100L, MEMORY, GIB / 4));
        // A guard that was not there before holds after a moment.
        var tries = new AtomicInteger();
        await().atMost(patience())
                .until(() ->
                        !createPod(namespace, "early-" + tries.incrementAndGet(), asked)
                                .equals(APPLIED));
        leased(Amounts.of(Map.of(CPU, 64000L, MEMORY, 64 * GIB)));
        await().atMost(patience()).until(() -> createPod(namespace, "late", asked).equals(APPLIED));
    }

    @Test
    void admissionRefusesAPodBeyondTheLeaseUntilItGrows() {
        leased(Amounts.of(Map.of(CPU, 1000L, MEMORY, GIB)));
        var asked = Amounts.of(Map.of(CPU, 600L, MEMORY, GIB / 4));
        assertThat(createPod(namespace, "one", asked)).isEqualTo(APPLIED);
        assertRefused(createPod(namespace, "two", asked));
        var more = Amounts.of(Map.of(CPU, 1200L, MEMORY, GIB));
        assertThat(write(lease(SECOND, more), FIRST)).isEqualTo(WRITTEN);
        awaitEnforced(more);
        assertThat(createPod(namespace, "two", asked)).isEqualTo(APPLIED);
        assertThat(measured()).isEqualTo(asked.times(2));
    }

    @Test
    void whatALeaseDoesNotNameIsZeroAndNotUnlimited() {
        leased(Amounts.of(CPU, 1000));
        assertRefused(createPod(namespace, "one", Amounts.of(Map.of(CPU, 100L, MEMORY, GIB))));
        // By the quota, or by the guard of storage before it.
        assertThat(applyUntilKnown(host("web-1", 20)))
                .isInstanceOfSatisfying(
                        ApplyOutcome.Rejected.class,
                        refusal ->
                                assertThat(refusal.reason())
                                        .containsAnyOf(
                                                "exceeded quota: yuntai",
                                                "was granted no storage of this class"));
    }

    @Test
    void admissionRefusesAHostBeyondTheLease() {
        leased(Amounts.of(Map.of(CPU, 64000L, MEMORY, 64 * GIB, SSD, 100 * GIB, HOSTS, 1L)));
        assertRefused(applyUntilKnown(host("web-1", 101)));
        applyAndAwaitCharge(host("web-2", 20));
        assertRefused(applyUntilKnown(host("web-3", 20)));
        assertThat(names(hosts())).containsExactly("web-2");
    }

    @Test
    void aBurstNeverPassesTheLeaseAndAConflictIsOnlyUnknown() throws Exception {
        leased(Amounts.of(Map.of(CPU, 64000L, MEMORY, 640 * GIB, SSD, 640 * GIB, HOSTS, 20L)));
        applyAndAwaitCharge(host("web-0", 1));
        int applied = 1;
        var tasks =
                uncounted(() -> {
                    var started = new ArrayList<Future<ApplyOutcome>>();
                    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                        for (int i = 1; i < 30; i++) {
                            var host = host("web-" + i, 1);
                            started.add(threads.submit(() -> applyUntilKnown(host)));
                        }
                    }
                    return started;
                });
        for (var task : tasks) {
            if (task.get().equals(APPLIED)) {
                applied++;
            } else {
                assertRefused(task.get());
            }
        }
        assertThat(applied).isEqualTo(20);
        assertThat(hosts()).hasSize(20);
    }

    @Test
    void ofHostsThatAreMadeTogetherEachSaysWhatBecameOfIt() {
        leased(Amounts.of(Map.of(CPU, 64000L, MEMORY, 640 * GIB, SSD, 640 * GIB, HOSTS, 7L)));
        applyAndAwaitCharge(host("web-0", 1));
        var names = IntStream.rangeClosed(1, 8).mapToObj(n -> "web-" + n).toList();
        var hosts = new ArrayList<>(names.stream().map(name -> host(name, 1)).toList());
        hosts.add(4, host("large", 2000));
        var outcomes = uncounted(() -> applyAllUntilKnown(hosts));
        assertThat(outcomes).hasSize(9);
        assertThat(outcomes.stream().filter(APPLIED::equals)).hasSize(6);
        outcomes.stream()
                .filter(outcome -> !outcome.equals(APPLIED))
                .forEach(ClusterContract::assertRefused);
        assertRefused(outcomes.get(4));
        var made = new ArrayList<>(List.of("web-0"));
        for (int n = 0; n < outcomes.size(); n++) {
            if (outcomes.get(n).equals(APPLIED)) {
                made.add(hosts.get(n).name());
            }
        }
        assertThat(names(hosts())).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void aLeaseBelowWhatIsUsedEvictsNothing() {
        var asked = Amounts.of(Map.of(CPU, 1000L, MEMORY, GIB));
        leased(asked);
        assertThat(createPod(namespace, "one", asked)).isEqualTo(APPLIED);
        var less = Amounts.of(Map.of(CPU, 100L, MEMORY, GIB));
        assertThat(write(lease(SECOND, less), FIRST)).isEqualTo(WRITTEN);
        awaitEnforced(less);
        assertThat(measured()).isEqualTo(asked);
        assertThat(observed().statusUsed().get(CPU)).isEqualTo(1000);
    }

    @Test
    void ofALeaseThatIsNewNothingIsKnownOfWhatIsOnItsWay() {
        assertThat(cluster().heard(namespace)).isEmpty();
        try (var watching = cluster().watch(_ -> {})) {
            leased(Amounts.of(Map.of(CPU, 1000L, MEMORY, GIB)));
            assertThat(watching).isNotNull();
            assertThat(cluster().heard(namespace)).isEmpty();
            assertThat(cluster().underway(namespace, 0, Clock.systemUTC())).isEmpty();
        }
    }

    @Test
    void whatIsDeletedIsReleasedLate() {
        var asked = Amounts.of(Map.of(CPU, 1000L, MEMORY, GIB));
        leased(asked);
        assertThat(createPod(namespace, "one", asked)).isEqualTo(APPLIED);
        deletePod(namespace, "one");
        await().atMost(patience())
                .untilAsserted(() -> assertThat(observed().statusUsed().isZero()).isTrue());
        assertThat(measured().isZero()).isTrue();
        assertThat(createPod(namespace, "two", asked)).isEqualTo(APPLIED);
    }

    @Test
    void aDeletedHostIsGoneWithItsDisk() {
        leased(Amounts.of(Map.of(CPU, 64000L, MEMORY, 64 * GIB, SSD, 100 * GIB, HOSTS, 1L)));
        assertThat(applyUntilKnown(host("web-1", 20))).isEqualTo(APPLIED);
        assertThat(cluster().deleteHost(namespace, "web-1")).isEqualTo(APPLIED);
        await().atMost(patience()).untilAsserted(() -> assertThat(hosts()).isEmpty());
        await().atMost(patience()).untilAsserted(() -> assertThat(measured().get(SSD)).isZero());
        assertThat(cluster().remains(host("web-1", 20))).isEqualTo(new Reading.Read<>(List.of()));
    }

    @Test
    void aHostStopsStartsAndStartsAnew() {
        leased(Amounts.of(Map.of(CPU, 64000L, MEMORY, 64 * GIB, SSD, 100 * GIB, HOSTS, 1L)));
        assertThat(applyUntilKnown(host("web-1", 20))).isEqualTo(APPLIED);
        awaitHost(ObservedHost::running);
        assertThat(cluster().apply(host(false, List.of()))).isEqualTo(APPLIED);
        awaitHost(host -> host.view().stopped() && !host.running());
        assertThat(theHost().view().wantedToRun()).isFalse();
        assertThat(theHost().view().digest()).isEqualTo(host(false, List.of()).digest());
        assertThat(cluster().restartHost(namespace, "web-1", "")).isEqualTo(APPLIED);
        assertThat(cluster().apply(host(true, List.of()))).isEqualTo(APPLIED);
        awaitHost(ObservedHost::running);
        assertThat(cluster().restartHost(namespace, "nothing", "x")).isEqualTo(APPLIED);
    }

    @Test
    void aRestartEndsTheInstanceThatWasMeantAndNoOther() {
        leased(Amounts.of(Map.of(CPU, 64000L, MEMORY, 64 * GIB, SSD, 100 * GIB, HOSTS, 1L)));
        assertThat(applyUntilKnown(host("web-1", 20))).isEqualTo(APPLIED);
        awaitHost(ObservedHost::running);
        startInstance(namespace, "web-1");
        awaitHost(host -> !host.view().instance().isEmpty());
        String first = theHost().view().instance();
        assertThat(cluster().restartHost(namespace, "web-1", "another")).isEqualTo(APPLIED);
        assertThat(theHost().view().instance()).isEqualTo(first);
        assertThat(cluster().restartHost(namespace, "web-1", first)).isEqualTo(APPLIED);
        awaitHost(host -> !host.view().instance().equals(first));
        startInstance(namespace, "web-1");
        awaitHost(host -> host.running() && !host.view().instance().isEmpty());
        // Whoever dies before he has noted it asks once more: nothing is ended twice.
        String second = theHost().view().instance();
        assertThat(second).isNotEqualTo(first);
        assertThat(cluster().restartHost(namespace, "web-1", first)).isEqualTo(APPLIED);
        assertThat(theHost().view().instance()).isEqualTo(second);
    }

    @Test
    void theSystemDiskOfAStoppedHostIsMadeAnewAndItsDataDisksStay() {
        leased(Amounts.of(Map.of(CPU, 64000L, MEMORY, 64 * GIB, SSD, 100 * GIB, HOSTS, 1L)));
        var disks = List.of(new HostBuild.Disk(1, 30 * GIB, "ssd"));
        applyUntilApplied(host(false, disks));
        awaitHost(host -> host.view().stopped());
        assertThat(measured().get(SSD)).isEqualTo(50 * GIB);
        String old = systemDisk().orElseThrow();
        await().atMost(patience())
                .untilAsserted(() ->
                        assertThat(cluster().deleteSystemDisk(namespace, "web-1", old))
                                .isEqualTo(APPLIED));
        assertThat(systemDisk()).isEmpty();
        assertThat(measured().get(SSD)).isEqualTo(30 * GIB);
        applyUntilApplied(host(false, disks));
        assertThat(measured().get(SSD)).isEqualTo(50 * GIB);
        var next = systemDisk();
        assertThat(next).isNotEmpty().isNotEqualTo(Optional.of(old));
        // Whoever asks once more for the first deletes nothing.
        assertThat(cluster().deleteSystemDisk(namespace, "web-1", old)).isEqualTo(APPLIED);
        assertThat(systemDisk()).isEqualTo(next);
        assertThat(cluster().deleteHost(namespace, "web-1")).isEqualTo(APPLIED);
        await().atMost(patience()).untilAsserted(() -> assertThat(measured().get(SSD)).isZero());
    }

    @Test
    void whatSomebodyChangesOfAHostIsFoundAndPutRight() {
        leased(Amounts.of(Map.of(CPU, 64000L, MEMORY, 64 * GIB, SSD, 100 * GIB, HOSTS, 1L)));
        var wanted = host(true, List.of(new HostBuild.Disk(1, 30 * GIB, "ssd")));
        applyUntilApplied(wanted);
        var right = compared(wanted);
        assertThat(right.intact()).isTrue();
        var told = new ArrayList<Difference>();
        assertThat(cluster().mend(wanted, told::addAll))
                .isEqualTo(new Cluster.Mending(APPLIED, List.of()));
        assertThat(told).isEmpty();

        editHost(namespace, "web-1", 64);
        assertThat(compared(wanted).intact()).isFalse();
        assertThat(compared(wanted).content()).isNotEqualTo(right.content());
        assertThat(compared(wanted).view().digest()).isEqualTo(wanted.digest());
        var mended =
                cluster()
                        .mend(
                                wanted,
                                found -> {
                                    told.addAll(found);
                                    assertThat(compared(wanted).intact()).isFalse();
                                });
        assertThat(mended.outcome()).isEqualTo(APPLIED);
        assertThat(told).isEqualTo(mended.found());
        assertThat(mended.found())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seen")
                .containsExactly(
                        new Difference(
                                namespace,
                                "VirtualMachine",
                                "web-1",
                                "/spec/template/spec/domain/cpu/cores",
                                "64",
                                "2",
                                false));
        assertThat(compared(wanted).intact()).isTrue();
        assertThat(compared(wanted).content()).isEqualTo(right.content());

        deleteClaim(namespace, "web-1-data1");
        assertThat(compared(wanted).intact()).isFalse();
        await().atMost(patience())
                .untilAsserted(
                        () -> assertThat(cluster().mend(wanted).outcome()).isEqualTo(APPLIED));
        assertThat(compared(wanted).intact()).isTrue();
        assertThat(compared(wanted).content()).isEqualTo(right.content());

        // Another wish is no damage.
        assertThat(cluster().mend(host("web-1", 20)).found())
                .isNotEmpty()
                .allMatch(Difference::byUs);
    }

    private ObservedHost compared(Desired.Host wanted) {
        return switch (cluster().hosts(namespace, List.of(wanted))) {
            case Reading.Read<List<ObservedHost>>(var found) -> found.getFirst();
            case Reading.Unreachable<List<ObservedHost>>(var why) -> throw new AssertionError(why);
        };
    }

    private Optional<String> systemDisk() {
        return switch (cluster().systemDisk(namespace, "web-1")) {
            case Reading.Read<Optional<String>>(var uid) -> uid;
            case Reading.Unreachable<Optional<String>>(var why) -> throw new AssertionError(why);
        };
    }

    private void applyUntilApplied(Desired.Host host) {
        await().atMost(patience())
                .untilAsserted(() -> assertThat(cluster().apply(host)).isEqualTo(APPLIED));
    }

    private Desired.Host host(boolean running, List<HostBuild.Disk> disks) {
        var plain = host("web-1", 20);
        return new Desired.Host(
                plain.namespace(),
                plain.name(),
                plain.id(),
                plain.vcpu(),
                plain.memoryBytes(),
                plain.diskBytes(),
                plain.storageClass(),
                plain.pool(),
                new HostBuild(
                        running,
                        disks,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        Optional.empty()));
    }

    private ObservedHost theHost() {
        return hosts().getFirst();
    }

    private void awaitHost(Predicate<ObservedHost> condition) {
        await().atMost(patience()).until(() -> !hosts().isEmpty() && condition.test(theHost()));
    }

    @Test
    void deletingWhatIsNotThereSucceeds() {
        assertThat(cluster().deleteNamespace(namespace)).isEqualTo(APPLIED);
        assertThat(cluster().deleteHost(namespace, "web-1")).isEqualTo(APPLIED);
    }

    @Test
    void aDeletedNamespaceTakesItsContentAlongAndCanBeMadeAgain() {
        leased(Amounts.of(Map.of(CPU, 64000L, MEMORY, 64 * GIB, SSD, 100 * GIB, HOSTS, 1L)));
        assertThat(applyUntilKnown(host("web-1", 20))).isEqualTo(APPLIED);
        assertThat(cluster().deleteNamespace(namespace)).isEqualTo(APPLIED);
        await().atMost(patience())
                .untilAsserted(() -> {
                    assertThat(cluster().lease(namespace))
                            .isEqualTo(new Reading.Read<>(Optional.empty()));
                    assertThat(hosts()).isEmpty();
                });
        await().atMost(patience())
                .until(() ->
                        cluster().apply(systemNamespace()).equals(APPLIED)
                                && cluster().apply(emptyLease()).equals(APPLIED));
    }

    @Test
    void aNamespaceThatIsNotOursIsLeftAlone() {
        var foreign = new NamespaceName("kube-system");
        assertThat(
                        cluster()
                                .apply(
                                        new Desired.SystemNamespace(
                                                foreign,
                                                new UnitId(UUID.randomUUID()),
                                                new SystemId(UUID.randomUUID()),
                                                POOL)))
                .isInstanceOf(ApplyOutcome.Rejected.class);
        assertThat(cluster().deleteNamespace(foreign)).isInstanceOf(ApplyOutcome.Rejected.class);
    }

    @Test
    void nothingIsMadeInANamespaceThatIsNotThere() {
        assertThat(cluster().apply(host("web-1", 20)))
                .isInstanceOfSatisfying(
                        ApplyOutcome.Rejected.class, e -> assertThat(e.status()).isEqualTo(404));
        assertThat(cluster().apply(emptyLease()))
                .isInstanceOfSatisfying(
                        ApplyOutcome.Rejected.class, e -> assertThat(e.status()).isEqualTo(404));
    }

    @Test
    void aHostComesToRun() {
        leased(Amounts.of(Map.of(CPU, 64000L, MEMORY, 64 * GIB, SSD, 100 * GIB, HOSTS, 1L)));
        assertThat(applyUntilKnown(host("web-1", 20))).isEqualTo(APPLIED);
        awaitHost(ObservedHost::running);
        assertThat(hosts()).hasSize(1);
        assertThat(theHost().name()).isEqualTo("web-1");
        assertThat(theHost().reason()).isEqualTo("Running");
        assertThat(theHost().view().digest()).isEqualTo(host("web-1", 20).digest());
    }

    @Test
    void aWatchTellsOfChangesUntilItIsClosed() {
        var told = ConcurrentHashMap.<NamespaceName>newKeySet();
        try (var watching = cluster().watch(change -> told.add(change.namespace()))) {
            leased(Amounts.of(CPU, 1000));
            await().atMost(patience()).until(() -> told.contains(namespace));
            assertThat(watching).isNotNull();
        }
        var late = cluster().watch(change -> told.add(change.namespace()));
        await().atMost(patience()).until(() -> told.contains(namespace));
        late.close();
        // What is being told at that moment may still come.
        await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        told.clear();
        assertThat(write(lease(SECOND, Amounts.of(CPU, 2000)), FIRST)).isEqualTo(WRITTEN);
        awaitEnforced(Amounts.of(CPU, 2000));
        assertThat(told).doesNotContain(namespace);
    }

    @Test
    void aListenerThatFailsDoesNotEndTheWatch() {
        var told = ConcurrentHashMap.<NamespaceName>newKeySet();
        try (var watching =
                cluster()
                        .watch(changed -> {
                            if (changed.namespace().equals(namespace) && told.add(namespace)) {
                                throw new IllegalStateException("the first one fails");
                            }
                            told.add(new NamespaceName("after"));
                        })) {
            leased(Amounts.of(CPU, 1000));
            awaitTold(told, namespace);
            assertThat(write(lease(SECOND, Amounts.of(CPU, 2000)), FIRST)).isEqualTo(WRITTEN);
            awaitTold(told, new NamespaceName("after"));
            assertThat(watching).isNotNull();
        }
    }

    @Test
    void aClusterThatGivesNoAnswerIsAValueAndNoException() {
        var gone = unreachableCluster();
        assertThat(gone.apply(systemNamespace())).isInstanceOf(ApplyOutcome.Unknown.class);
        assertThat(gone.growOrShrink(lease(SECOND, Amounts.NONE), NEVER))
                .isInstanceOf(LeaseOutcome.Unknown.class);
        assertThat(gone.lease(namespace)).isInstanceOf(Reading.Unreachable.class);
        assertThat(gone.hosts(namespace)).isInstanceOf(Reading.Unreachable.class);
        assertThat(gone.measure(namespace)).isInstanceOf(Reading.Unreachable.class);
        assertThat(gone.heard(namespace)).isEmpty();
        assertThat(gone.underway(namespace, 0, Clock.systemUTC())).isEmpty();
        assertThat(gone.strayQuotas()).isInstanceOf(Reading.Unreachable.class);
        assertThat(gone.guard()).isInstanceOf(ApplyOutcome.Unknown.class);
        assertThat(gone.deleteNamespace(namespace)).isInstanceOf(ApplyOutcome.Unknown.class);
        assertThat(gone.reachable()).isFalse();
    }

    @Test
    void aRefusalIsAnAnswer() {
        assertThat(cluster().apply(host("web-1", 20))).isInstanceOf(ApplyOutcome.Rejected.class);
        assertThat(cluster().reachable()).isTrue();
    }

    /** A namespace with a lease that is enforced already. */
    private void leased(Amounts hard) {
        assertThat(cluster().apply(systemNamespace())).isEqualTo(APPLIED);
        assertThat(cluster().apply(emptyLease())).isEqualTo(APPLIED);
        assertThat(write(lease(FIRST, hard), Epoch.ZERO)).isEqualTo(WRITTEN);
        awaitEnforced(hard);
    }

    private void awaitEnforced(Amounts hard) {
        await().atMost(patience())
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(observed().statusHard()).isEqualTo(hard));
    }

    private void awaitTold(Set<NamespaceName> told, NamespaceName awaited) {
        await().atMost(patience()).until(() -> told.contains(awaited));
    }

    /** From now on the quota counts machines, and this one. */
    private void applyAndAwaitCharge(Desired.Host host) {
        assertThat(applyUntilKnown(host)).isEqualTo(APPLIED);
        await().atMost(patience()).until(() -> observed().statusUsed().get(HOSTS) == 1);
    }

    /** As the reconciler does: a cluster may say later, until it has counted a kind. */
    private ApplyOutcome applyUntilKnown(Desired.Host host) {
        return await("a known outcome for " + host)
                .atMost(patience())
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> cluster().apply(host),
                        outcome -> !(outcome instanceof ApplyOutcome.Unknown));
    }

    private List<ApplyOutcome> applyAllUntilKnown(List<Desired.Host> hosts) {
        return await().atMost(patience())
                .until(
                        () -> cluster().applyAll(hosts),
                        all -> all.stream().noneMatch(ApplyOutcome.Unknown.class::isInstance));
    }

    private static void assertRefused(ApplyOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ApplyOutcome.Rejected.class,
                        refusal -> {
                            assertThat(refusal.status()).isEqualTo(403);
                            assertThat(refusal.reason()).contains("exceeded quota: yuntai");
                        });
    }

    private Desired.SystemNamespace systemNamespace() {
        return new Desired.SystemNamespace(
                namespace, new UnitId(UUID.randomUUID()), new SystemId(UUID.randomUUID()), POOL);
    }

    /** Writes the lease that is there now, if it has this epoch. */
    private LeaseOutcome write(Desired.Lease lease, Epoch expected) {
        var found = read(cluster().lease(namespace)).orElse(NEVER);
        return cluster().growOrShrink(lease, withEpoch(found, expected));
    }

    private static ObservedLease withEpoch(ObservedLease lease, Epoch epoch) {
        return new ObservedLease(
                lease.incarnation(),
                epoch,
                lease.specHard(),
                lease.statusHard(),
                lease.statusUsed());
    }

    private Desired.EmptyLease emptyLease() {
        return new Desired.EmptyLease(namespace);
    }

    private Desired.Lease lease(Epoch epoch, Amounts hard) {
        return new Desired.Lease(namespace, hard, epoch);
    }

    private Desired.Host host(String name, int diskGib) {
        var id = new HostId(UUID.nameUUIDFromBytes(name.getBytes(UTF_8)));
        return new Desired.Host(namespace, name, id, 2, 4 * GIB, diskGib * GIB, "ssd", POOL);
    }

    private ObservedLease observed() {
        return read(cluster().lease(namespace)).orElseThrow();
    }

    private List<ObservedHost> hosts() {
        return read(cluster().hosts(namespace));
    }

    private List<StrayQuota> strays() {
        return read(cluster().strayQuotas()).stream()
                .filter(stray -> stray.namespace().equals(namespace))
                .toList();
    }

    private Amounts measured() {
        return read(cluster().measure(namespace));
    }

    private static List<String> names(List<ObservedHost> hosts) {
        return hosts.stream().map(ObservedHost::name).toList();
    }

    private static <T> T read(Reading<T> reading) {
        return switch (reading) {
            case Reading.Read<T>(var value) -> value;
            case Reading.Unreachable<T>(var reason) -> throw new AssertionError(reason);
        };
    }
}
