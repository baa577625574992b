package io.yuntai.onboarding.host;

import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.unit.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of what is asked of hosts and of the steps of their lives. */
@Repository
class HostLifeStore {

    private final JdbcClient jdbc;

    HostLifeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks hosts for the rest of the transaction, always in the same order. */
    void lock(Collection<HostId> hosts) {
        jdbc.sql("select id from host where id = any(?) order by id for update")
                .param(hosts.stream().map(HostId::value).toArray(UUID[]::new))
                .query(_ -> {});
    }

    /** What was asked under an id: of which host, and what. */
    Optional<Said> said(HostCommandId id) {
        return jdbc.sql("select host, content from host_command where id = ?")
                .param(id.value())
                .query((row, _) ->
                        new Said(new HostId(row.getObject(1, UUID.class)), row.getString(2)))
                .optional();
    }

    record Said(HostId host, String content) {}

    /**
     * @param payment the transfer that has paid for it, if it costs anything
     */
    void say(
            HostCommandId id,
            HostId host,
            HostCommand command,
            TransferId payment,
            PersonId by,
            Instant at) {
        var _ =
                jdbc.sql(
                                """
                                insert into host_command (id, host, kind, content, payment, person, at)
                                values (?, ?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                id.value(),
                                host.value(),
                                command.kind().name(),
                                command.toString(),
                                payment.value(),
                                by.value(),
                                at.atOffset(ZoneOffset.UTC))
                        .update();
    }

    /** Moves a host on; false when it is no longer at this version and in this state. */
    boolean advance(Host host, HostLife.Edge edge) {
        return advance(host, edge, "", Map.of());
    }

    void insertStep(
            Host before, HostLife.Edge edge, Optional<PersonId> by, String note, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                insert into host_step (host, version, at, person, command, from_life,
                                                       to_life, note)
                                values (?, ?, ?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                Arrays.asList(
                                        before.id().value(),
                                        before.plan().version() + 1,
                                        at.atOffset(ZoneOffset.UTC),
                                        by.map(PersonId::value).orElse(null),
                                        edge.command().name(),
                                        edge.from().name(),
                                        edge.to().name(),
                                        note))
                        .update();
    }

    List<HostStep> steps(HostId host) {
        return jdbc.sql(
                        """
                        select t.*, p.name from host_step t left join person p on p.id = t.person
                        where t.host = ? order by t.version
                        """)
                .param(host.value())
                .query(HostLifeStore::step)
                .list();
    }

    private static HostStep step(ResultSet row, int number) throws SQLException {
        var person = Optional.ofNullable(row.getObject("person", UUID.class));
        String name = row.getString("name");
        return new HostStep(
                row.getInt("version"),
                HostRows.at(row, "at").orElseThrow(),
                person.map(id -> new HostStep.By(new PersonId(id), name)),
                HostLife.Command.valueOf(row.getString("command")),
                HostLife.State.valueOf(row.getString("from_life")),
                HostLife.State.valueOf(row.getString("to_life")),
                row.getString("note"));
    }

    /**
     * Moves a host on, together with whether it shall run: the two change in one statement, for the
     * database states that they agree.
     *
     * @param set further columns, with named parameters
     */
    boolean advance(Host host, HostLife.Edge edge, String set, Map<String, ?> params) {
        boolean advanced = moveOn(host, edge, set, params);
        if (advanced && host.plan().setup().kept().filter(HostKept::runsAsFound).isPresent()) {
            var _ =
                    jdbc.sql("update host_kept set run_by = 'STRATEGY' where host = ?")
                            .param(host.id().value())
                            .update();
        }
        return advanced;
    }

    private boolean moveOn(Host host, HostLife.Edge edge, String set, Map<String, ?> params) {
        return jdbc.sql(
                                "update host set life = :to, version = version + 1"
                                        + (set.isEmpty() ? "" : ", " + set)
                                        + " where id = :id and version = :version and life = :from")
                        .params(params)
                        .param("to", edge.to().name())
                        .param("id", host.id().value())
                        .param("version", host.plan().version())
                        .param("from", edge.from().name())
                        .update()
                == 1;
    }

    void addDisk(HostId host, DataDisk disk) {
        var _ =
                jdbc.sql(
                                "insert into host_disk (host, position, bytes, storage_class) values (?, ?, ?, ?)")
                        .params(host.value(), disk.position(), disk.bytes(), disk.storageClass())
                        .update();
    }

    /** A disk is wanted no more; its position is not free before it is gone. */
    void giveUpDisk(HostId host, DataDisk disk) {
        var _ =
                jdbc.sql("update host_disk set given_up = true where host = ? and position = ?")
                        .params(host.value(), disk.position())
                        .update();
    }

    /** Disks that were given up are gone. */
    void forgetGivenUp(HostId host, List<DataDisk> gone) {
        var _ =
                jdbc.sql(
                                """
                                delete from host_disk
                                where host = ? and given_up and position = any(?)
                                """)
                        .params(
                                host.value(),
                                gone.stream().map(DataDisk::position).toArray(Integer[]::new))
                        .update();
    }

    /** Notes how the machine of a host reads that was taken over and has another size now. */
    void keepAs(HostId host, HostKept kept) {
        var _ =
                jdbc.sql(
                                """
                                update host_kept set sockets = :sockets, cores = :cores,
                                    threads = :threads, memory = :memory, resized = :resized
                                where host = :host
                                """)
                        .param("sockets", boxed(kept.sockets()))
                        .param("cores", boxed(kept.cores()))
                        .param("threads", boxed(kept.threads()))
                        .param("memory", kept.memory())
                        .param("resized", kept.resized())
                        .param("host", host.value())
                        .update();
    }

    private static @Nullable Integer boxed(OptionalInt number) {
        return number.isPresent() ? (Integer) number.getAsInt() : null;
    }

    /** Notes why a start was not granted; an empty text takes it back. */
    void refuse(HostId host, String refusal) {
        var _ =
                jdbc.sql("update host set refusal = ? where id = ?")
                        .params(refusal, host.value())
                        .update();
    }

    /** Notes which instance the last of so many restarts ends, where none is noted for it yet. */
    String ending(HostId host, int times, String instance) {
        return jdbc.sql(
                        """
                        update host set restart_of =
                            case when restart_of = '' and restarts = ? then ? else restart_of end
                        where id = ? returning restart_of
                        """)
                .params(times, instance, host.value())
                .query(String.class)
                .optional()
                .orElse(instance);
    }

    /** Notes which disk the last of so many rebuilds replaces, as {@link #ending}. */
    String rebuilding(HostId host, int times, String disk) {
        return jdbc.sql(
                        """
                        update host set rebuild_of =
                            case when rebuild_of = '' and rebuilds = ? then ? else rebuild_of end
                        where id = ? returning rebuild_of
                        """)
                .params(times, disk, host.value())
                .query(String.class)
                .single();
    }

    /** Notes how a machine is made, unless another note than that was taken of it since. */
    boolean making(HostId host, Optional<HostMade> before, HostMade as) {
        return jdbc.sql(
                                """
                                update host set imported = :imported, instancetype = :instancetype,
                                    as_leased = :leased
                                where id = :host
                                  and (imported, instancetype, as_leased) is not distinct from
                                      (cast(:wasImported as boolean),
                                       cast(:wasInstancetype as boolean),
                                       cast(:wasLeased as boolean))
                                """)
                        .param("imported", as.imported())
                        .param("instancetype", as.instancetype())
                        .param("leased", as.asLeased())
                        .param("host", host.value())
                        .param("wasImported", before.map(HostMade::imported).orElse(null))
                        .param("wasInstancetype", before.map(HostMade::instancetype).orElse(null))
                        .param("wasLeased", before.map(HostMade::asLeased).orElse(null))
                        .update()
                == 1;
    }

    /** Notes that so many restarts were done; what was asked for since is left to do. */
    void restarted(HostId host, int times) {
        var _ =
                jdbc.sql("update host set restarts_done = greatest(restarts_done, ?) where id = ?")
                        .params(times, host.value())
                        .update();
    }

    /** As {@link #restarted}, of system disks made anew. */
    void rebuilt(HostId host, int times) {
        var _ =
                jdbc.sql("update host set rebuilds_done = greatest(rebuilds_done, ?) where id = ?")
                        .params(times, host.value())
                        .update();
    }

    void certify(HostId host, Instant at, String content, String digest) {
        var _ =
                jdbc.sql(
                                "insert into host_certificate (host, at, content, digest) values (?, ?, ?, ?)")
                        .params(host.value(), at.atOffset(ZoneOffset.UTC), content, digest)
                        .update();
    }

    Optional<HostCertificate> certificate(HostId host) {
        return jdbc.sql("select * from host_certificate where host = ?")
                .param(host.value())
                .query((row, _) ->
                        new HostCertificate(
                                row.getLong("number"),
                                host,
                                HostRows.at(row, "at").orElseThrow(),
                                row.getString("content"),
                                row.getString("digest")))
                .optional();
    }

    /**
     * Whether somebody has had a part in a host's going to the recycle bin: he has moved it there,
     * or proposed to destroy it, or has a duty in what ordered it. The database refuses it, too.
     */
    boolean hadPart(HostId host, PersonId person) {
        return jdbc.sql(
                        """
                        select exists (
                            select from host h
                            where h.id = :host and (h.recycled_by = :person
                                or h.destruction_proposed_by = :person
                                or exists (select from application_duty d
                                           where d.application = h.recycled_for_application
                                             and d.person = :person)
                                or exists (select from reclaim_duty d
                                           where d.reclaim = h.recycled_for_reclaim
                                             and d.person = :person)))
                        """)
                .param("host", host.value())
                .param("person", person.value())
                .query(Boolean.class)
                .single();
    }

    /**
     * Confirms an application's hosts; the trial of those that are on trial ends. Months are those
     * of the bureau's calendar, wherever the server thinks that it is.
     */
    void confirm(UUID application, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                with confirmed as (
                                    update host h set confirmed_at = :at,
                                        ends_at = (select (cast(:at as timestamptz) at time zone 'Asia/Shanghai'
                                                           + make_interval(months => a.term_months))
                                                           at time zone 'Asia/Shanghai'
                                                   from application a where a.id = h.application),
                                        life = case when life = 'TRIAL' then 'IN_USE' else life end,
                                        version = version + case when life = 'TRIAL' then 1 else 0 end
                                    where application = :application and confirmed_at is null
                                    returning id, version, life)
                                insert into host_step (host, version, at, command, from_life, to_life)
                                select id, version, :at, 'CONFIRM', 'TRIAL', 'IN_USE'
                                from confirmed where life = 'IN_USE'
                                """)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("application", application)
                        .update();
    }

    /** Adds months to its term; false when it has none, or is given back. */
    boolean renew(HostId host, int months, Instant at) {
        return jdbc.sql(
                                """
                                update host set ends_at =
                                    (greatest(ends_at, cast(:at as timestamptz)) at time zone 'Asia/Shanghai'
                                     + make_interval(months => :months))
                                    at time zone 'Asia/Shanghai'
                                where id = :host and ends_at is not null
                                  and life in ('IN_USE', 'CHANGING', 'STOPPED')
                                """)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("months", months)
                        .param("host", host.value())
                        .update()
                == 1;
    }

    /** Whether a host stands in the place of another, and is not given back itself. */
    boolean isReplaced(HostId host, Optional<UUID> by) {
        return jdbc.sql(
                        """
                        select exists (
                            select from host h
                            where h.replaces = :host
                              and (cast(:by as uuid) is null or h.application = cast(:by as uuid))
                              and h.life not in ('RECYCLE_BIN', 'DESTROYING', 'DESTROYED'))
                        """)
                .param("host", host.value())
                .param("by", by.orElse(null))
                .query(Boolean.class)
                .single();
    }

    /** Its cluster has it no more. */
    void gone(HostId host) {
        var _ =
                jdbc.sql("update host set state = 'GONE', reason = '' where id = ?")
                        .param(host.value())
                        .update();
    }
}
