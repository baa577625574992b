package io.yuntai.onboarding.application;

import io.yuntai.onboarding.calendar.WorkingCalendar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is due because an application has stood still. Pure: from when it came to where it is, and
 * today's calendar.
 *
 * @param days after how many working days
 */
record Deadline(Step step, int days) {

    /** What is done then. */
    enum Step {
        /** Whoever has to act is reminded. */
        REMIND,
        /** Whoever stands above is told. */
        ESCALATE,
        /** The owner is warned that a delivery is not confirmed. */
        WARN,
        /** It is deemed confirmed. */
        DEEM
    }

    /** All that is due by now, also what a run that did not come should have done. */
    static List<Deadline> due(
            Application application,
            WorkingCalendar calendar,
            Instant now,
            DeadlineProperties properties) {
        if (now.isBefore(application.enteredAt())) {
            return List.of(); // entered by a server whose clock is ahead
        }
        int passed = calendar.workingDaysBetween(application.enteredAt(), now);
        var due = new ArrayList<Deadline>();
        if (application.state().isReview()) {
            if (passed >= properties.remindAfter()) {
                due.add(new Deadline(Step.REMIND, properties.remindAfter()));
            }
            if (passed >= properties.escalateAfter()) {
                due.add(new Deadline(Step.ESCALATE, properties.escalateAfter()));
            }
        } else if (application.state() == Workflow.State.DELIVERED) {
            if (passed >= properties.deemAfter()) {
                return List.of(new Deadline(Step.DEEM, properties.deemAfter()));
            }
            // The latest says all that the earlier ones would have said.
            properties.warnAfter().stream()
                    .filter(days -> days <= passed)
                    .reduce((_, later) -> later)
                    .ifPresent(days -> due.add(new Deadline(Step.WARN, days)));
        }
        return due;
    }
}
