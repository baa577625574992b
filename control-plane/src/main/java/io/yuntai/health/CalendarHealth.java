package io.yuntai.health;

import io.yuntai.onboarding.calendar.WorkingCalendars;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Whether the calendars are there that should be: this year's, and from November on the next one's.
 * {@code WARNING} is no status that takes a server out of service: what is missing is counted
 * Monday to Friday.
 */
@Component("calendarHealthIndicator")
class CalendarHealth implements HealthIndicator {

    private static final Status WARNING = new Status("WARNING");

    private final WorkingCalendars calendars;

    CalendarHealth(WorkingCalendars calendars) {
        this.calendars = calendars;
    }

    @Override
    public Health health() {
        return calendars.due().isEmpty() ? Health.up().build() : Health.status(WARNING).build();
    }
}
