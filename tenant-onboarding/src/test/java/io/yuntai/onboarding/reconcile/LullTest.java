package io.yuntai.onboarding.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.yuntai.onboarding.system.SystemId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LullTest {

    private static final SystemId SYSTEM = new SystemId(new UUID(1, 1));

    private final Lull lull = new Lull();

    @Test
    void isLongerWithEachQuietLookInARowUpToALimit() {
        long now = 0;
        var pauses = new long[6];
        for (int i = 0; i < pauses.length; i++) {
            lull.foundNothing(SYSTEM, now);
            pauses[i] = lull.left(SYSTEM, now).toMillis();
            now += TimeUnit.MILLISECONDS.toNanos(500);
        }

        assertThat(pauses).containsExactly(25, 50, 100, 200, 400, 400);
    }

    @Test
    void beginsAnewAfterAWhile() {
        lull.foundNothing(SYSTEM, 0);
        lull.foundNothing(SYSTEM, 1);
        long later = TimeUnit.SECONDS.toNanos(2);

        lull.foundNothing(SYSTEM, later);

        assertThat(lull.left(SYSTEM, later)).isEqualTo(Duration.ofMillis(25));
    }

    @Test
    void isTwiceAsLongAsALookThatHasFoundSomethingToDo() {
        lull.foundNothing(SYSTEM, 0);
        long ended = TimeUnit.MILLISECONDS.toNanos(30);

        lull.foundSomething(SYSTEM, Duration.ofMillis(30), 50, 0, ended);

        assertThat(lull.left(SYSTEM, ended)).isEqualTo(Duration.ofMillis(60));
    }

    @Test
    void isShortAfterALookAtFewHosts() {
        long ended = TimeUnit.MILLISECONDS.toNanos(30);

        lull.foundSomething(SYSTEM, Duration.ofMillis(30), 2, 0, ended);

        assertThat(lull.left(SYSTEM, ended)).isEqualTo(Duration.ofMillis(8));
    }

    @Test
    void isTwiceAsLongAsALookAtNamespacesAlone() {
        long ended = TimeUnit.MILLISECONDS.toNanos(30);

        lull.foundSomething(SYSTEM, Duration.ofMillis(30), 0, 0, ended);

        assertThat(lull.left(SYSTEM, ended)).isEqualTo(Duration.ofMillis(60));
    }

    @Test
    void isBoundedHoweverLongALookTakes() {
        long ended = TimeUnit.MINUTES.toNanos(1);

        lull.foundSomething(SYSTEM, Duration.ofMinutes(1), Integer.MAX_VALUE, 0, ended);
        assertThat(lull.left(SYSTEM, ended)).isEqualTo(Duration.ofMillis(400));

        lull.foundSomething(SYSTEM, Duration.ofMinutes(1), 1, 9, ended);
        assertThat(lull.left(SYSTEM, ended)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void isLongerWhereManyWaitToBeLookedAfter() {
        lull.foundSomething(SYSTEM, Duration.ofMillis(30), 50, 3, 0);

        assertThat(lull.left(SYSTEM, 0)).isEqualTo(Duration.ofMillis(240));
    }

    @Test
    void isNoRowAfterALookThatHasFoundSomethingToDo() {
        lull.foundSomething(
                SYSTEM, Duration.ofMillis(150), 50, 0, TimeUnit.MILLISECONDS.toNanos(150));

        lull.foundNothing(SYSTEM, TimeUnit.MILLISECONDS.toNanos(200));

        assertThat(lull.left(SYSTEM, TimeUnit.MILLISECONDS.toNanos(200)))
                .isEqualTo(Duration.ofMillis(25));
    }

    @Test
    @Timeout(10)
    void isCutShortByWhoeverHasSomethingToAsk() throws Exception {
        long begun = System.nanoTime();
        for (int i = 0; i < 8; i++) {
            long later = begun + TimeUnit.HOURS.toNanos(1);
            lull.foundNothing(SYSTEM, later);
        }
        var waits = Thread.ofVirtual().start(() -> lull.await(SYSTEM, () -> false));
        Thread.sleep(20);
        assertThat(waits.isAlive()).isTrue();

        lull.cut(SYSTEM);

        waits.join();
        assertThatCode(() -> lull.await(SYSTEM, () -> true)).doesNotThrowAnyException();
    }
}
