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
            lull.looked(SYSTEM, true, now);
            pauses[i] = lull.left(SYSTEM, now).toMillis();
            now += TimeUnit.MILLISECONDS.toNanos(500);
        }

        assertThat(pauses).containsExactly(25, 50, 100, 200, 400, 400);
    }

    @Test
    void beginsAnewAfterAWhile() {
        lull.looked(SYSTEM, true, 0);
        lull.looked(SYSTEM, true, 1);
        long later = TimeUnit.SECONDS.toNanos(2);

        lull.looked(SYSTEM, true, later);

        assertThat(lull.left(SYSTEM, later)).isEqualTo(Duration.ofMillis(25));
    }

    @Test
    void isOverWhenALookHasFoundSomethingToDo() {
        lull.looked(SYSTEM, true, 0);

        lull.looked(SYSTEM, false, 0);

        assertThat(lull.left(SYSTEM, 0)).isZero();
    }

    @Test
    @Timeout(10)
    void isCutShortByWhoeverHasSomethingToAsk() throws Exception {
        long begun = System.nanoTime();
        for (int i = 0; i < 8; i++) {
            lull.looked(SYSTEM, true, begun + TimeUnit.HOURS.toNanos(1));
        }
        var waits = Thread.ofVirtual().start(() -> lull.await(SYSTEM, () -> false));
        Thread.sleep(20);
        assertThat(waits.isAlive()).isTrue();

        lull.cut(SYSTEM);

        waits.join();
        assertThatCode(() -> lull.await(SYSTEM, () -> true)).doesNotThrowAnyException();
    }
}
