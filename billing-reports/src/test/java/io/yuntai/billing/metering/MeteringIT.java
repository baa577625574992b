package io.yuntai.billing.metering;

import static io.yuntai.billing.Sample.allocation;
import static io.yuntai.billing.Sample.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.billing.BillingDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeteringIT {

    private static final Period OCTOBER = Period.of(YearMonth.of(2026, 10));

    private final BillingDatabase database = new BillingDatabase();
    private final Metering metering = database.service(Metering.class);

    @BeforeEach
    void twoHosts() {
        database.service(Allocations.class)
                .record(List.of(allocation(1, 1, 4), allocation(2, 1, 4)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsReadStandsAsItWasMeasured() {
        var hour = hour("2026-10-01T00:00:00Z", 777);
        assertThat(metering.read((_, into) -> into.accept(hour), OCTOBER)).isOne();
        assertThat(stored()).containsExactly(hour);
    }

    @Test
    void readingAgainCorrectsAndKeepsWhatTheSourceNoLongerHas() {
        var kept = hour("2026-10-01T00:00:00Z", 1);
        var wrong = hour("2026-10-01T01:00:00Z", 2);
        var right = hour("2026-10-01T01:00:00Z", 3);
        var late = hour("2026-10-01T02:00:00Z", 4);
        var _ = metering.read((_, into) -> List.of(kept, wrong).forEach(into), OCTOBER);
        assertThat(metering.read((_, into) -> List.of(right, late).forEach(into), OCTOBER))
                .isEqualTo(2);
        assertThat(stored()).containsExactly(kept, right, late);
    }

    @Test
    void anHourOutsideThePeriodIsRefusedAndNothingStored() {
        assertThatThrownBy(() ->
                        metering.read(
                                (_, into) -> {
                                    into.accept(hour("2026-10-01T00:00:00Z", 1));
                                    into.accept(hour("2026-10-31T16:00:00Z", 1));
                                },
                                OCTOBER))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(stored()).isEmpty();
    }

    @Test
    void monthsAreThoseOfShanghai() {
        assertThat(OCTOBER.from()).isEqualTo("2026-09-30T16:00:00Z");
        var _ = metering.read((_, into) -> into.accept(hour("2026-09-30T16:00:00Z", 1)), OCTOBER);
        assertThat(
                        database.sql()
                                .sql("select tableoid::regclass::text from usage_hour")
                                .query(String.class)
                                .single())
                .isEqualTo("usage_hour_2026_10");
    }

    @Test
    void aReadingAcrossMonthsGoesIntoEach() {
        var both = new Period(OCTOBER.from(), Instant.parse("2026-11-01T16:00:00Z"));
        var hours = List.of(hour("2026-10-31T15:00:00Z", 1), hour("2026-10-31T16:00:00Z", 2));
        var _ = metering.read((_, into) -> hours.forEach(into), both);
        assertThat(stored()).isEqualTo(hours);
    }

    private static UsageHour hour(String at, long cpu) {
        return new UsageHour(
                host(1),
                Instant.parse(at),
                FiveMinutes.even(11, 5),
                FiveMinutes.even(11, 7),
                1,
                cpu,
                5,
                OptionalLong.of(99),
                OptionalLong.empty());
    }

    private List<UsageHour> stored() {
        return database.sql()
                .sql("select * from usage_hour order by host, hour")
                .query((row, _) ->
                        new UsageHour(
                                host(1),
                                row.getTimestamp("hour").toInstant(),
                                samples(row, "cpu_samples"),
                                samples(row, "memory_samples"),
                                row.getInt("quarantined"),
                                row.getLong("cpu_time_ms"),
                                row.getInt("cpu_peak_millis"),
                                OptionalLong.of(row.getLong("memory_byte_seconds")),
                                row.getObject("disk_byte_seconds") == null
                                        ? OptionalLong.empty()
                                        : OptionalLong.of(row.getLong("disk_byte_seconds"))))
                .list();
    }

    private static FiveMinutes samples(ResultSet row, String column) throws SQLException {
        var hour = new FiveMinutes.Hour();
        var stored = (@Nullable Short[]) row.getArray(column).getArray();
        for (int at = 0; at < stored.length; at++) {
            var sample = stored[at];
            if (sample != null) {
                hour.put(at, sample);
            }
        }
        return hour.end();
    }
}
