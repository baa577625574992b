package io.yuntai.billing.metering;

import org.springframework.jdbc.core.JdbcTemplate;

/** Tables of hours that are partitioned by months of {@link Period#ZONE}. */
final class Partitions {

    private Partitions() {}

    /** Makes those of a period that are not there yet; of two at once one would fail. */
    static void make(JdbcTemplate sql, String table, Period period) {
        for (var month = Period.monthOf(period.from());
                Period.of(month).from().isBefore(period.to());
                month = month.plusMonths(1)) {
            var bounds = Period.of(month);
            sql.execute(
                    "create table if not exists %1$s_%2$d_%3$02d partition of %1$s for values from ('%4$s') to ('%5$s')"
                            .formatted(
                                    table,
                                    month.getYear(),
                                    month.getMonthValue(),
                                    bounds.from(),
                                    bounds.to()));
        }
    }
}
