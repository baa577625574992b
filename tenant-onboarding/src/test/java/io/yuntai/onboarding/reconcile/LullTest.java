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
            lull.looked(SYSTEM, true, now, now);
            pauses[i] = lull.left(SYSTEM, now).toMillis();
            now += TimeUnit.MILLISECONDS.toNanos(500);
        }

        assertThat(pauses).containsExactly(25, 50, 100, 200, 400, 400);
    }

    @Test
    void beginsAnewAfterAWhile() {
        lull.looked(SYSTEM, true, 0, 0);
        lull.looked(SYSTEM, true, 1, 1);
        long later = TimeUnit.SECONDS.toNanos(2);

        lull.looked(SYSTEM, true, later, later);

        assertThat(lull.left(SYSTEM, later)).isEqualTo(Duration.ofMillis(25));
    }

    @Test
    void isTwiceAsLongAsALookThatHasFoundSomethingToDo() {
        lull.looked(SYSTEM, true, 0, 0);
        long ended = TimeUnit.MILLISECONDS.toNanos(30);

        lull.looked(SYSTEM, false, 0, ended);

        assertThat(lull.left(SYSTEM, ended)).isEqualTo(Duration.ofMillis(60));
    }

    @Test
    void isBoundedHoweverLongALookTakes() {
        long ended = TimeUnit.MINUTES.toNanos(1);

        lull.looked(SYSTEM, false, 0, ended);

        assertThat(lull.left(SYSTEM, ended)).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void isNoRowAfterALookThatHasFoundSomethingToDo() {
        lull.looked(SYSTEM, false, 0, TimeUnit.MILLISECONDS.toNanos(150));

        lull.looked(SYSTEM, true, 0, TimeUnit.MILLISECONDS.toNanos(200));

        assertThat(lull.left(SYSTEM, TimeUnit.MILLISECONDS.toNanos(200)))
                .isEqualTo(Duration.ofMillis(25));
    }

    @Test
    @Timeout(10)
    void isCutShortByWhoeverHasSomethingToAsk() throws Exception {
        long begun = System.nanoTime();
        for (int i = 0; i < 8; i++) {
            long later = begun + TimeUnit.HOURS.toNanos(1);
            lull.looked(SYSTEM, true, later, later);
        }
        var waits = Thread.ofVirtual().start(() -> lull.await(SYSTEM, () -> false));
        Thread.sleep(20);
        assertThat(waits.isAlive()).isTrue();

        lull.cut(SYSTEM);

        waits.join();
        assertThatCode(() -> lull.await(SYSTEM, () -> true)).doesNotThrowAnyException();
    }
}
