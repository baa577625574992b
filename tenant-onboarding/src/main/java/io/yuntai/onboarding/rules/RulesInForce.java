package io.yuntai.onboarding.rules;

import io.yuntai.onboarding.calendar.WorkingCalendar;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The rules that everybody acts by now, whatever was in force when something began. */
@Component
public class RulesInForce {

    /**
     * A version is approved before its day, so that what is in force on a day does not change on
     * it; another server's clock may be behind a little.
     */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final RulesStore store;
    private final Clock clock;
    private volatile @Nullable Read last;

    RulesInForce(RulesStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Read(Instant at, LocalDate day, WorkRules rules) {

        boolean holds(Instant now, LocalDate today) {
            return day.equals(today) && !now.isBefore(at) && now.isBefore(at.plus(KEPT));
        }
    }

    /** Those of this day, from memory as a rule. */
    public WorkRules now() {
        Instant now = clock.instant();
        var today = LocalDate.ofInstant(now, WorkingCalendar.ZONE);
        var read = last;
        if (read == null || !read.holds(now, today)) {
            read = new Read(now, today, store.inForce(today));
            last = read;
        }
        return read.rules();
    }
}
