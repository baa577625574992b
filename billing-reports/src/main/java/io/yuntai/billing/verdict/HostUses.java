package io.yuntai.billing.verdict;

import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.UsageHour;
import io.yuntai.billing.metering.UsageHourRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads what hosts used, hour by hour, and adds it up here: a percentile of the samples of a month
 * of a city would have the database sort them all.
 */
@Repository
class HostUses {

    private static final int FETCHED = 5000;

    /** A host while it had one capacity and one owner. */
    private record Piece(
            String hostName,
            PartyId unit,
            MeteredSystemId system,
            String pool,
            Capacity capacity,
            Instant from,
            Instant to,
            boolean stopped) {

        boolean contains(Instant hour) {
            return !hour.isBefore(from) && hour.isBefore(to);
        }

        /** An hour belongs to who had the host at its first moment. */
        int hours() {
            return (int) (firstHour(to) - firstHour(from));
        }

        private static long firstHour(Instant moment) {
            long seconds = moment.getEpochSecond() + (moment.getNano() > 0 ? 1 : 0);
            return Math.ceilDiv(seconds, Duration.ofHours(1).toSeconds());
        }
    }

    /** What a host was in the end, and what it used. */
    record Used(MeteredHostId host, Piece last, Evidence evidence) {

        HostVerdict judged(LocalDate day, VerdictPolicy policy, boolean exempt) {
            return new HostVerdict(
                    day,
                    host,
                    last.hostName(),
                    last.unit(),
                    last.system(),
                    last.pool(),
                    last.capacity().vcpu(),
                    last.capacity().memoryBytes(),
                    policy.id(),
                    exempt ? List.of(Verdict.EXEMPT) : policy.judge(evidence),
                    evidence);
        }
    }

    private final JdbcClient sql;

    HostUses(JdbcClient sql) {
        this.sql = sql;
    }

    /** Of every host that is allocated when the period ends. */
    List<Used> of(Period period, VerdictPolicy policy) {
        var pieces = pieces(period);
        var reading = new Reading(pieces, policy);
        sql.sql(
                        """
                        select host, hour, cpu_samples, memory_samples, quarantined, cpu_time_ms, cpu_peak_millis,
                            memory_byte_seconds, disk_byte_seconds
                        from usage_hour where hour >= :from and hour < :to order by host, hour
                        """)
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .withFetchSize(FETCHED)
                .query(row -> {
                    reading.take(UsageHourRows.hour(host(row), row));
                });
        return reading.end();
    }

    /** Adds up one host after the other. */
    private static final class Reading {

        private final Map<MeteredHostId, List<Piece>> pieces;
        private final VerdictPolicy policy;
        private final Map<MeteredHostId, Used> uses = new LinkedHashMap<>();
        private @Nullable MeteredHostId host;
        private HostUse use;

        Reading(Map<MeteredHostId, List<Piece>> pieces, VerdictPolicy policy) {
            this.pieces = pieces;
            this.policy = policy;
            this.use = new HostUse(policy.window().validSamples());
            // Those of which nothing was measured stay like this.
            pieces.forEach((id, all) -> uses.put(id, used(id, all, use, policy)));
        }

        void take(UsageHour hour) {
            if (!hour.host().equals(host)) {
                endHost();
                host = hour.host();
                use = new HostUse(policy.window().validSamples());
            }
            for (var piece : pieces.getOrDefault(hour.host(), List.of())) {
                if (piece.contains(hour.hour())) {
                    use.add(hour, piece.capacity());
                }
            }
        }

        List<Used> end() {
            endHost();
            return List.copyOf(uses.values());
        }

        private void endHost() {
            var ended = host;
            if (ended != null) {
                uses.computeIfPresent(
                        ended,
                        (id, _) -> used(id, pieces.getOrDefault(id, List.of()), use, policy));
            }
        }
    }

    private static Used used(
            MeteredHostId host, List<Piece> pieces, HostUse use, VerdictPolicy policy) {
        return new Used(
                host,
                pieces.getLast(),
                use.end(
                        pieces.stream().mapToInt(Piece::hours).sum(),
                        pieces.stream().allMatch(Piece::stopped),
                        policy.window().coverage()));
    }

    private Map<MeteredHostId, List<Piece>> pieces(Period period) {
        var pieces = new LinkedHashMap<MeteredHostId, List<Piece>>();
        sql.sql(
                        """
                        select a.*, greatest(lower(a.during), :from) as begins,
                            coalesce(least(upper(a.during), :to), :to) as ends,
                            exists (select from host_stop s where s.host = a.host
                                and s.during @> (a.during * tstzrange(:from, :to))) as stopped
                        from allocation a
                        where a.during && tstzrange(:from, :to)
                            and exists (select from allocation l where l.host = a.host
                                and (upper_inf(l.during) or upper(l.during) >= :to) and lower(l.during) < :to)
                        order by a.host_name, a.host, a.during
                        """)
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    pieces.computeIfAbsent(host(row), _ -> new ArrayList<>()).add(piece(row));
                });
        return pieces;
    }

    private static Piece piece(ResultSet row) throws SQLException {
        return new Piece(
                row.getString("host_name"),
                new PartyId(row.getObject("unit", UUID.class)),
                new MeteredSystemId(row.getObject("system", UUID.class)),
                row.getString("pool"),
                new Capacity(
                        row.getInt("vcpu"), row.getLong("memory_bytes"), row.getLong("disk_bytes")),
                row.getObject("begins", OffsetDateTime.class).toInstant(),
                row.getObject("ends", OffsetDateTime.class).toInstant(),
                row.getBoolean("stopped"));
    }

    private static MeteredHostId host(ResultSet row) throws SQLException {
        return new MeteredHostId(row.getObject("host", UUID.class));
    }
}
