package io.yuntai.billing.reconciliation;

import java.time.LocalDate;
import java.util.List;

/**
 * What was taken of one resource of a pool, week by week.
 *
 * @param until the day at whose end the last value stood, in Asia/Shanghai
 * @param weekly in base units, locks included; the earliest first, the last at {@code until}
 */
public record TakenHistory(
        String pool, String resource, long capacity, LocalDate until, List<Long> weekly) {

    public TakenHistory {
        weekly = List.copyOf(weekly);
    }
}
