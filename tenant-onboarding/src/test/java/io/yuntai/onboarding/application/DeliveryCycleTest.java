package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.application.DeliveryCycle.Bucket;
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
        var arrivals =
                List.of(
                        arrival("2041-03-04T09:00", State.DEPT_REVIEW),
                        arrival("2041-03-07T09:00", State.RETURNED),
                        arrival("2041-03-11T09:00", State.DEPT_REVIEW),
                        arrival("2041-03-14T09:00", State.PRECHECK),
                        arrival("2041-03-14T09:00", State.TECH_REVIEW));
        // Twice two whole days with the owner, one with the applicant, then the platform.
        assertThat(longest(arrivals, "2041-03-15T09:00"))
                .contains(new DeliveryCycle.Stay(State.DEPT_REVIEW, 4));
        assertThat(longest(arrivals, "2041-03-26T09:00"))
                .contains(new DeliveryCycle.Stay(State.TECH_REVIEW, 7));
        assertThat(longest(arrivals.subList(0, 1), "2041-03-04T18:00")).isEmpty();
    }

    private static Optional<DeliveryCycle.Stay> longest(
            List<DeliveryCycleStore.Arrival> arrivals, String until) {
        return DeliveryCycles.longest(arrivals, at(until), WorkingCalendar.PLAIN);
    }

    private static DeliveryCycleStore.Arrival arrival(String at, State state) {
        return new DeliveryCycleStore.Arrival(at(at), state);
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(WorkingCalendar.ZONE).toInstant();
    }
}
