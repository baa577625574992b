package io.yuntai.notice;

import io.yuntai.onboarding.Columns;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.PageQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of the outbox: which notice is to be sent by which channel, and what came of it. */
@Repository
class DispatchStore {

    /** Where mail goes: what a person says, or what the register says; nobody who wants none. */
    private static final String ADDRESSES =
            """
            select p.id as person, p.login, p.name, coalesce(s.language, 'ZH') as language,
                   case when coalesce(s.mail, true) then coalesce(nullif(s.email, ''), c.email) end as email
            from person p
            left join notice_setting s on s.person = p.id
            left join unit_contact c on c.login = p.login
            """;

    private static final String MATCHING =
            """
            from notice_dispatch d join notice n on n.id = d.notice join person p on p.id = n.recipient
            where (cast(:state as text) is null or d.state = cast(:state as text))
              and (p.name like :pattern or p.login like :pattern or d.channel like :pattern)
            """;

    private final JdbcClient jdbc;

    DispatchStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Notes what is to be sent.
     *
     * @param byMail only what goes to somebody with an address
     */
    void insert(List<NoticeId> notices, String channel, boolean byMail, Instant due) {
        var _ =
                jdbc.sql(
                                """
                                insert into notice_dispatch (notice, channel, state, attempts, due_at, failure)
                                select n.id, :channel, 'WAITING', 0, :due, ''
                                from notice n join (
                                """
                                        + ADDRESSES
                                        + """
                                        ) a on a.person = n.recipient
                                        where n.id = any(cast(:ids as uuid[]))
                                          and (not :byMail or a.email is not null)
                                        """)
                        .param("channel", channel)
                        .param("due", utc(due))
                        .param("ids", Columns.of(notices, id -> id))
                        .param("byMail", byMail)
                        .update();
    }

    /**
     * Takes what is due and nobody else is sending, for as long as the lease runs. Counted as tried
     * before it is: whoever dies while sending has tried.
     */
    List<Outgoing> claim(
            String channel, UUID lease, Instant now, Instant until, int attempts, int most) {
        return jdbc.sql(
                        """
                        with due as (
                            select notice, channel from notice_dispatch
                            where channel = :channel and state = 'WAITING' and due_at <= :now
                              and (leased_until is null or leased_until <= :now)
                              and attempts < :attempts
                            order by due_at, notice limit :most
                            for update skip locked),
                        taken as (
                            update notice_dispatch d
                            set lease = :lease, leased_until = :until, attempts = d.attempts + 1
                            from due where d.notice = due.notice and d.channel = due.channel
                            returning d.notice, d.attempts)
                        select n.id, t.attempts, n.kind, n.parameters, n.link, n.at,
                               a.login, a.name, a.email, a.language
                        from taken t join notice n on n.id = t.notice
                        join (
                        """
                                + ADDRESSES
                                + ") a on a.person = n.recipient order by n.at, n.id")
                .param("channel", channel)
                .param("lease", lease)
                .param("now", utc(now))
                .param("until", utc(until))
                .param("attempts", attempts)
                .param("most", most)
                .query(DispatchStore::outgoing)
                .list();
    }

    /** What was tried as often as may be, and whose sender has said nothing since. */
    int giveUpLapsed(String channel, Instant now, int attempts) {
        return jdbc.sql(
                        """
                        update notice_dispatch
                        set state = 'GIVEN_UP', ended_at = :now, lease = null, leased_until = null,
                            failure = case when failure = '' then 'the server ended while it was sent'
                                      else failure end
                        where channel = :channel and state = 'WAITING' and attempts >= :attempts
                          and (leased_until is null or leased_until <= :now)
                        """)
                .param("channel", channel)
                .param("now", utc(now))
                .param("attempts", attempts)
                .update();
    }

    /** Notes that it was sent; false: the lease had run out, and another may send it again. */
    boolean sent(NoticeId notice, String channel, UUID lease, Instant now) {
        return jdbc.sql(
                                """
                                update notice_dispatch
                                set state = 'SENT', ended_at = :now, lease = null, leased_until = null,
                                    failure = ''
                                where notice = :notice and channel = :channel and lease = :lease
                                """)
                        .param("notice", notice.value())
                        .param("channel", channel)
                        .param("lease", lease)
                        .param("now", utc(now))
                        .update()
                == 1;
    }

    /** Notes why it was not sent, and when it is tried again; empty: never. */
    void failed(
            NoticeId notice,
            String channel,
            UUID lease,
            String failure,
            Instant now,
            Optional<Instant> again) {
        var _ =
                jdbc.sql(
                                """
                                update notice_dispatch
                                set state = :state, ended_at = cast(:ended as timestamptz),
                                    due_at = coalesce(cast(:again as timestamptz), due_at),
                                    lease = null, leased_until = null, failure = :failure
                                where notice = :notice and channel = :channel and lease = :lease
                                """)
                        .param("notice", notice.value())
                        .param("channel", channel)
                        .param("lease", lease)
                        .param("state", again.isPresent() ? "WAITING" : "GIVEN_UP")
                        .param("ended", again.isPresent() ? null : utc(now))
                        .param("again", again.map(DispatchStore::utc).orElse(null))
                        .param("failure", failure)
                        .update();
    }

    /** Has one that was given up tried again from the start. */
    boolean retry(NoticeId notice, String channel, Instant now) {
        return jdbc.sql(
                                """
                                update notice_dispatch
                                set state = 'WAITING', attempts = 0, due_at = :now, ended_at = null
                                where notice = :notice and channel = :channel and state = 'GIVEN_UP'
                                """)
                        .param("notice", notice.value())
                        .param("channel", channel)
                        .param("now", utc(now))
                        .update()
                == 1;
    }

    /** Up to limit + 1, the latest notice first. */
    List<Dispatch> page(PageQuery query, Optional<Dispatch.State> state) {
        return jdbc.sql(
                        """
                        select d.notice, d.channel, d.state, d.attempts, d.due_at, d.failure, d.ended_at,
                               n.kind, n.at, p.name
                        """
                                + MATCHING
                                + "order by n.at desc, d.notice, d.channel"
                                + query.slice())
                .params(matching(query, state))
                .query(DispatchStore::dispatch)
                .list();
    }

    long count(PageQuery query, Optional<Dispatch.State> state) {
        return jdbc.sql("select count(*) " + MATCHING)
                .params(matching(query, state))
                .query(Long.class)
                .single();
    }

    private static Map<String, @Nullable Object> matching(
            PageQuery query, Optional<Dispatch.State> state) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("pattern", query.pattern());
        params.put("state", state.map(Enum::name).orElse(null));
        return params;
    }

    private static Outgoing outgoing(ResultSet row, int number) throws SQLException {
        return new Outgoing(
                new NoticeId(row.getObject("id", UUID.class)),
                row.getInt("attempts"),
                Notice.Kind.valueOf(row.getString("kind")),
                Arrays.asList((String[]) row.getArray("parameters").getArray()),
                row.getString("link"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("login"),
                row.getString("name"),
                Optional.ofNullable(row.getString("email")),
                NoticeSettings.Language.valueOf(row.getString("language")));
    }

    private static Dispatch dispatch(ResultSet row, int number) throws SQLException {
        return new Dispatch(
                new NoticeId(row.getObject("notice", UUID.class)),
                row.getString("channel"),
                Dispatch.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                row.getString("failure"),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                Notice.Kind.valueOf(row.getString("kind")),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("name"));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
