package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.application.DeliveryCycle.Bucket;
import io.yuntai.onboarding.application.Workflow.Command;
import io.yuntai.onboarding.application.Workflow.State;
import io.yuntai.onboarding.calendar.WorkingCalendar;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryCycleTest {

    @ParameterizedTest
    @CsvSource({
        "1, DAYS_1_TO_3",
        "3, DAYS_1_TO_3",
        "4, DAYS_4_TO_10",
        "10, DAYS_4_TO_10",
        "11, DAYS_11_TO_30",
        "30, DAYS_11_TO_30",
        "31, DAYS_31_TO_60",
        "60, DAYS_31_TO_60",
        "61, OVER_60_DAYS",
        "10000, OVER_60_DAYS"
    })
    void everyNumberOfDaysBelongsToOneBucket(int days, Bucket bucket) {
        assertThat(Bucket.of(days)).isEqualTo(bucket);
    }

    @Test
    void nothingTakesLessThanADay() {
        assertThatThrownBy(() -> Bucket.of(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theReasonIsWhereItLayLongestAllStaysThereTogether() {
        var steps =
                List.of(
                        step("2041-03-04T09:00", Command.SUBMIT, State.DEPT_REVIEW),
                        step("2041-03-07T09:00", Command.RETURN, State.RETURNED),
                        step("2041-03-11T09:00", Command.SUBMIT, State.DEPT_REVIEW),
                        step("2041-03-14T09:00", Command.APPROVE, State.PRECHECK),
                        step("2041-03-14T09:00", Command.TO_HUMAN, State.TECH_REVIEW));
        // Twice two whole days with the owner, one with the applicant, then the platform.
        assertThat(longest(steps, "2041-03-15T09:00"))
                .contains(new DeliveryCycle.Stay(State.DEPT_REVIEW, 4));
        assertThat(longest(steps, "2041-03-26T09:00"))
                .contains(new DeliveryCycle.Stay(State.TECH_REVIEW, 7));
        assertThat(longest(steps.subList(0, 1), "2041-03-04T18:00")).isEmpty();
    }

    private static Optional<DeliveryCycle.Stay> longest(
            List<Application.Step> steps, String until) {
        return DeliveryCycles.longest(steps, at(until), WorkingCalendar.PLAIN);
    }

    private static Application.Step step(String at, Command command, State to) {
        return new Application.Step(
                at(at),
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                command,
                Optional.empty(),
                to,
                Optional.empty(),
                "",
                Application.Terms.NONE);
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(WorkingCalendar.ZONE).toInstant();
    }
}
