package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.kubernetes.BadApiServer.Fault;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.quota.ObservedLease;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of calls to a cluster that is not well, and what is said of it. */
class PulseIT {

    private static final NamespaceName NAMESPACE = new NamespaceName("any");
    private static final Duration AT_ONCE = Duration.ofMillis(200);

    private static Reading<Optional<ObservedLease>> read(Cluster cluster) {
        return cluster.lease(NAMESPACE);
    }

    private static Duration timed(Runnable call) {
        long begun = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static Optional<Symptom.Kind> worst(Cluster cluster) {
        return cluster.symptoms(Clock.systemUTC()).stream().map(Symptom::kind).findFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "CLOSES, UNREACHABLE",
        "THROTTLES, THROTTLED",
        "NONSENSE, NONSENSE",
        "UNAVAILABLE, UNREACHABLE",
        "UNAUTHORIZED, UNAUTHORIZED"
    })
    void sayWhatIsWrongSoonAndAreNotMadeAgainAtOnce(Fault fault, Symptom.Kind kind) {
        try (var server = BadApiServer.that(fault);
                var cluster = server.cluster("bad")) {
            var took =
                    timed(() -> assertThat(read(cluster)).isInstanceOf(Reading.Unreachable.class));
            assertThat(took).isLessThan(Duration.ofSeconds(20));
            assertThat(worst(cluster)).contains(kind);
            int asked = server.requests();
            assertThat(
                            timed(() ->
                                    assertThat(read(cluster))
                                            .isInstanceOf(Reading.Unreachable.class)))
                    .isLessThan(AT_ONCE);
            assertThat(cluster.guard()).isInstanceOf(ApplyOutcome.Unknown.class);
            assertThat(server.requests()).isEqualTo(asked);
        }
    }

    @Test
    void conflictsThatNeverEndAreTold() {
        try (var server = BadApiServer.that(Fault.CONFLICTS);
                var cluster = server.cluster("bad")) {
            for (int times = 0; times < 3; times++) {
                assertThat(cluster.guard()).isInstanceOf(ApplyOutcome.Unknown.class);
            }
            assertThat(worst(cluster)).contains(Symptom.Kind.CONFLICTS);
            assertThat(cluster.reachable()).isTrue();
        }
    }

    @Test
    void anEmptyObjectIsNoLease() {
        try (var server = BadApiServer.that(Fault.EMPTY);
                var cluster = server.cluster("bad")) {
            assertThat(read(cluster)).isInstanceOf(Reading.Unreachable.class);
            assertThat(cluster.uid()).isInstanceOf(Reading.Unreachable.class);
            assertThat(worst(cluster)).contains(Symptom.Kind.NONSENSE);
        }
    }

    @Test
    void oneThatHangsHoldsNoMoreCallersThanItMayAndTheOthersAreToldWhy() throws Exception {
        try (var server = BadApiServer.that(Fault.HANGS);
                var cluster = server.cluster("bad");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var soon = new ArrayList<Future<Duration>>();
            for (int caller = 0; caller < 60; caller++) {
                soon.add(threads.submit(() -> timed(() -> read(cluster))));
            }
            var times = new ArrayList<Duration>();
            for (var one : soon) {
                times.add(one.get());
            }
            List<Duration> waited =
                    times.stream()
                            .filter(time -> time.compareTo(Duration.ofSeconds(3)) > 0)
                            .toList();
            assertThat(waited).hasSizeLessThanOrEqualTo(Pulse.AT_ONCE);
            assertThat(server.mostAtOnce()).isLessThanOrEqualTo(Pulse.AT_ONCE);
            assertThat(worst(cluster)).contains(Symptom.Kind.UNREACHABLE);
            assertThat(timed(() -> read(cluster))).isLessThan(AT_ONCE);
        }
    }

    @Test
    void aSlowOneIsAskedLessAtOnceAndTheOthersAreToldWhy() throws Exception {
        try (var server = BadApiServer.that(Fault.SLOW);
                var cluster = server.cluster("slow");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(read(cluster)).isEqualTo(new Reading.Read<>(Optional.empty()));
            assertThat(worst(cluster)).contains(Symptom.Kind.SLOW);
            assertThat(cluster.reachable()).isTrue();

            var all = new ArrayList<Future<Reading<Optional<ObservedLease>>>>();
            for (int caller = 0; caller < 40; caller++) {
                all.add(threads.submit(() -> read(cluster)));
            }
            var answered = new ArrayList<Reading<Optional<ObservedLease>>>();
            for (var one : all) {
                switch (one.get()) {
                    case Reading.Read<Optional<ObservedLease>> reading -> answered.add(reading);
                    case Reading.Unreachable<Optional<ObservedLease>>(var reason) ->
                            assertThat(reason).startsWith("SLOW");
                }
            }
            assertThat(answered).isNotEmpty().hasSizeLessThanOrEqualTo(Pulse.AT_ONCE_WHEN_SLOW);
            assertThat(server.mostAtOnce()).isLessThanOrEqualTo(Pulse.AT_ONCE_WHEN_SLOW);
        }
    }

    @Test
    void ofManyHostsTheFirstWithoutAnAnswerSpeaksForAll() {
        try (var server = BadApiServer.that(Fault.HANGS);
                var cluster = server.cluster("bad")) {
            var hosts = IntStream.range(0, 40).mapToObj(PulseIT::host).toList();
            var outcomes = new ArrayList<ApplyOutcome>();
            // As long as one takes that is asked for three times.
            assertThat(timed(() -> outcomes.addAll(cluster.applyAll(hosts))))
                    .isLessThan(Duration.ofSeconds(50));
            assertThat(outcomes).hasSize(40).allMatch(ApplyOutcome.Unknown.class::isInstance);
            assertThat(server.mostAtOnce()).isLessThanOrEqualTo(4);
            assertThat(worst(cluster)).contains(Symptom.Kind.UNREACHABLE);
            assertThat(timed(() -> cluster.applyAll(hosts))).isLessThan(AT_ONCE);
        }
    }

    private static Desired.Host host(int number) {
        return new Desired.Host(
                NAMESPACE,
                "web-" + number,
                new HostId(new UUID(0, number)),
                2,
                4L << 30,
                40L << 30,
                "ssd",
                PoolId.of("extranet-ordinary"));
    }

    @Test
    void oneThatIsWellAgainIsAskedAgainWithinSeconds() {
        try (var server = BadApiServer.that(Fault.CLOSES);
                var cluster = server.cluster("bad")) {
            assertThat(read(cluster)).isInstanceOf(Reading.Unreachable.class);
            server.nowIt(Fault.CONFLICTS);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> {
                        var _ = read(cluster);
                        return cluster.reachable();
                    });
            assertThat(worst(cluster)).isNotEqualTo(Optional.of(Symptom.Kind.UNREACHABLE));
        }
    }
}
