package io.yuntai.onboarding.host;

import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of the ends of hosts' terms. */
@Repository
class HostTermStore {

    static final int MOST = 5000;

    /** Hosts that can come to an end, and when they do; of one on trial after so many seconds. */
    private static final String ENDING =
            """
            from (
                select id, name, system, life, ends_at as ends, true as confirmed from host
                where life in ('IN_USE', 'CHANGING', 'STOPPED') and ends_at is not null
                union all
                select id, name, system, life, delivered_at + make_interval(secs => :trial), false
                from host
                where life in ('TRIAL', 'CHANGING', 'STOPPED') and confirmed_at is null
                  and delivered_at is not null
            ) h
            """;

    private final JdbcClient jdbc;

    HostTermStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Hosts of a system with one end, of which there is one thing to be done.
     *
     * @param days before the end; 0: it has come
     */
    record Due(
            SystemId system,
            String systemName,
            UnitId unit,
            Instant end,
            int days,
            List<HostId> hosts) {

        Due {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * What is to be told or ended: of each host the last notice that is due, where neither that nor
     * a later one was given for this end.
     *
     * @param days before the end, and 0
     */
    List<Due> due(Instant now, List<Integer> days, int trialDays) {
        return jdbc.sql(
                        """
                        select h.system, s.name, o.unit, h.ends, d.days, array_agg(h.id order by h.name) as hosts
                        """
                                + ENDING
                                + """
                                cross join lateral (
                                    select min(day) as days from unnest(cast(:days as int[])) day
                                    where h.ends <= :now + make_interval(days => day)
                                      and (h.confirmed or day < :trialDays)) d
                                join system s on s.id = h.system
                                join system_owner o on o.system = h.system and upper_inf(o.during)
                                where d.days is not null and not exists (
                                    select from host_term_notice n
                                    where n.host = h.id and n.ends_at = h.ends and n.days <= d.days)
                                group by h.system, s.name, o.unit, h.ends, d.days
                                order by h.ends, h.system limit :most
                                """)
                .param("trial", trialDays * 86_400L)
                .param("trialDays", trialDays)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("days", days.toArray(Integer[]::new))
                .param("most", MOST)
                .query((row, _) ->
                        new Due(
                                new SystemId(row.getObject("system", UUID.class)),
                                row.getString("name"),
                                new UnitId(row.getObject("unit", UUID.class)),
                                row.getObject("ends", OffsetDateTime.class).toInstant(),
                                row.getInt("days"),
                                List.of((UUID[]) row.getArray("hosts").getArray()).stream()
                                        .map(HostId::new)
                                        .toList()))
                .list();
    }

    /** Notes that it was told; those of which it had not been are returned. */
    List<HostId> note(Collection<HostId> hosts, Instant end, int days, Instant at) {
        return jdbc.sql(
                        """
                        insert into host_term_notice (host, ends_at, days, at)
                        select id, :end, :days, :at from unnest(cast(:hosts as uuid[])) id
                        on conflict do nothing returning host
                        """)
                .param("end", end.atOffset(ZoneOffset.UTC))
                .param("days", days)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("hosts", hosts.stream().map(HostId::value).toArray(UUID[]::new))
                .query((row, _) -> new HostId(row.getObject("host", UUID.class)))
                .list();
    }

    /** Hosts that stand still since before a moment, after an end that had come before it. */
    List<HostId> over(Instant since, int trialDays) {
        return jdbc.sql(
                        "select h.id "
                                + ENDING
                                + """
                                where h.life = 'STOPPED' and h.ends <= :since
                                  and (select max(t.at) from host_step t where t.host = h.id) <= :since
                                order by h.ends, h.id limit :most
                                """)
                .param("trial", trialDays * 86_400L)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("most", MOST)
                .query((row, _) -> new HostId(row.getObject("id", UUID.class)))
                .list();
    }
}
