package io.yuntai.metering;

import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Readings;
import io.yuntai.billing.verdict.Verdicts;
import java.time.Clock;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Has hosts judged day by day, when their use was read. */
@Service
public class DayVerdicts {

    /** Days of longer ago that nobody has judged are left: nobody acts on what was so long ago. */
    private static final int MOST_DAYS = 7;

    private static final Logger LOG = LoggerFactory.getLogger(DayVerdicts.class);

    private final Verdicts verdicts;
    private final Readings readings;
    private final Clock clock;

    DayVerdicts(Verdicts verdicts, Readings readings, Clock clock) {
        this.verdicts = verdicts;
        this.readings = readings;
        this.clock = clock;
    }

    /**
     * Judges the days up to yesterday that were not judged yet, the first one first, and yesterday
     * in any case. A day that is not read to its end waits, and all that follow it: who was judged
     * by half of what was measured would be called idle. Each day is a transaction of its own, so
     * killed half-way the next call does the rest.
     *
     * @return how many hosts were judged, those of each day
     */
    public int judgeMissing() {
        var yesterday = LocalDate.ofInstant(clock.instant(), Period.ZONE).minusDays(1);
        int judged = 0;
        for (var day = first(yesterday); !day.isAfter(yesterday); day = day.plusDays(1)) {
            if (!readings.areReadUpTo(day.plusDays(1).atStartOfDay(Period.ZONE).toInstant())) {
                LOG.warn("{} is not judged yet: not every source was read to its end", day);
                return judged;
            }
            judged += verdicts.judge(day);
        }
        return judged;
    }

    private LocalDate first(LocalDate yesterday) {
        var oldest = yesterday.minusDays(MOST_DAYS - 1L);
        return verdicts.lastDay()
                .map(day -> day.plusDays(1))
                .filter(day -> day.isBefore(yesterday))
                .map(day -> day.isBefore(oldest) ? oldest : day)
                .orElse(yesterday);
    }
}
