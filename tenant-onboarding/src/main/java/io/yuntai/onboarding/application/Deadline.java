package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Notice.To;
import io.yuntai.onboarding.calendar.WorkingCalendar;
import io.yuntai.onboarding.rules.WorkRules;
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
        /** The owner is warned that a delivery, whole or in part, is not confirmed. */
        WARN,
        /** It is deemed confirmed, as far as it came. */
        DEEM
    }

    /**
     * That something is due.
     *
     * @param version once for this version of the application
     * @param whom who is reminded; of other deadlines nobody
     */
    record Due(int version, Deadline deadline, List<To> whom) {}

    /**
     * All that is due by now, also what a run that did not come should have done. Whoever was named
     * later than the application came to where it is has his own day.
     */
    static List<Due> due(
            Application application,
            List<Wait> waits,
            WorkingCalendar calendar,
            Instant now,
            WorkRules.DeadlineRules rules) {
        if (now.isBefore(application.enteredAt())) {
            return List.of(); // entered by a server whose clock is ahead
        }
        int passed = calendar.workingDaysBetween(application.enteredAt(), now);
        int version = application.enteredVersion();
        boolean isPartial = application.state() == Workflow.State.PARTIAL;
        boolean isToConfirm = isPartial || application.state() == Workflow.State.DELIVERED;
        if (isToConfirm && passed >= rules.deemAfter()) {
            return List.of(due(version, Step.DEEM, rules.deemAfter()));
        }
        var due = new ArrayList<Due>();
        if (application.state().isReview() || isPartial) {
            for (var wait : waits) {
                if (!now.isBefore(wait.since())
                        && calendar.workingDaysBetween(wait.since(), now) >= rules.remindAfter()) {
                    var reminder = new Deadline(Step.REMIND, rules.remindAfter());
                    due.add(new Due(wait.version(), reminder, wait.whom()));
                }
            }
            if (passed >= rules.escalateAfter()) {
                due.add(due(version, Step.ESCALATE, rules.escalateAfter()));
            }
        }
        if (isToConfirm) {
            // The latest says all that the earlier ones would have said.
            rules.warnAfter().stream()
                    .filter(days -> days <= passed)
                    .reduce((_, later) -> later)
                    .ifPresent(days -> due.add(due(version, Step.WARN, days)));
        }
        return due;
    }

    private static Due due(int version, Step step, int days) {
        return new Due(version, new Deadline(step, days), List.of());
    }
}
