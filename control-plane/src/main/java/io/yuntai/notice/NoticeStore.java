package io.yuntai.notice;

import io.yuntai.onboarding.Columns;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.unit.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of what people were told, and of how they want to be told. */
@Repository
class NoticeStore {

    private static final String MATCHING =
            """
            from notice
            where recipient = :recipient
              and (not :unread or read_at is null)
              and (cast(:kind as text) is null or kind = cast(:kind as text))
              and array_to_string(parameters, ' ') like :pattern
            """;

    private final JdbcClient jdbc;

    NoticeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a row a recipient; whoever was told with this key before is left out. */
    List<NoticeId> insert(Notice notice, Map<PersonId, NoticeId> recipients) {
        return jdbc.sql(
                        """
                        insert into notice (id, recipient, kind, parameters, link, key, at)
                        select id, recipient, :kind, :parameters, :link, :key, :at
                        from unnest(:ids::uuid[], :recipients::uuid[]) as told (id, recipient)
                        on conflict (recipient, key) do nothing
                        returning id
                        """)
                .param("kind", notice.kind().name())
                .param("parameters", notice.parameters().toArray(String[]::new))
                .param("link", notice.link())
                .param("key", notice.key())
                .param("at", utc(notice.at()))
                .param("ids", Columns.of(recipients.entrySet(), Map.Entry::getValue))
                .param("recipients", Columns.of(recipients.entrySet(), Map.Entry::getKey))
                .query((row, _) -> new NoticeId(row.getObject("id", UUID.class)))
                .list();
    }

    /** Up to limit + 1 from the cursor on, the latest first. */
    List<ToldNotice> page(PersonId recipient, PageQuery query, NoticeFilter filter) {
        var after = query.cursor().map(cursor -> cursor.keys(2));
        return jdbc.sql(
                        "select id, kind, parameters, link, at, read_at "
                                + MATCHING
                                + """
                                and (:first or (at, id) < (cast(:at as timestamptz), cast(:id as uuid)))
                                order by at desc, id desc
                                """
                                + query.atMost())
                .params(matching(recipient, query, filter))
                .param("first", after.isEmpty())
                .param("at", after.map(List::getFirst).orElse("1970-01-01T00:00:00Z"))
                .param(
                        "id",
                        after.map(List::getLast).orElse("00000000-0000-0000-0000-000000000000"))
                .query(NoticeStore::told)
                .list();
    }

    static Cursor after(ToldNotice last) {
        return Cursor.after(last.at().toString(), last.id().toString());
    }

    long count(PersonId recipient, PageQuery query, NoticeFilter filter) {
        return jdbc.sql("select count(*) " + MATCHING)
                .params(matching(recipient, query, filter))
                .query(Long.class)
                .single();
    }

    /** What each of these has not read; nobody who has read everything. */
    Map<PersonId, Unread> unread(Collection<PersonId> recipients) {
        var unread = new HashMap<PersonId, Unread>();
        jdbc.sql(
                        """
                        select recipient, count(*) as count, (array_agg(id order by id desc))[1] as latest
                        from notice
                        where read_at is null and recipient = any(cast(:recipients as uuid[]))
                        group by recipient
                        """)
                .param("recipients", Columns.of(recipients, person -> person))
                .query(row -> {
                    unread.put(
                            new PersonId(row.getObject("recipient", UUID.class)),
                            new Unread(row.getLong("count"), row.getObject("latest", UUID.class)));
                });
        return unread;
    }

    boolean isOf(PersonId recipient, NoticeId id) {
        return jdbc.sql("select exists (select from notice where id = ? and recipient = ?)")
                .param(id.value())
                .param(recipient.value())
                .query(Boolean.class)
                .single();
    }

    /** Marks one; one that was read before keeps its time. */
    void read(PersonId recipient, NoticeId id, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                update notice set read_at = greatest(:at, at)
                                where id = :id and recipient = :recipient and read_at is null
                                """)
                        .param("at", utc(at))
                        .param("id", id.value())
                        .param("recipient", recipient.value())
                        .update();
    }

    /** Marks all that were told by then. */
    int readAll(PersonId recipient, Instant until, Instant at) {
        return jdbc.sql(
                        """
                        update notice set read_at = greatest(:at, at)
                        where recipient = :recipient and read_at is null and at <= :until
                        """)
                .param("at", utc(at))
                .param("until", utc(until))
                .param("recipient", recipient.value())
                .update();
    }

    Optional<NoticeSettings> settings(PersonId person) {
        return jdbc.sql("select mail, email, language from notice_setting where person = ?")
                .param(person.value())
                .query((row, _) ->
                        new NoticeSettings(
                                row.getBoolean("mail"),
                                row.getString("email"),
                                NoticeSettings.Language.valueOf(row.getString("language"))))
                .optional();
    }

    void put(PersonId person, NoticeSettings settings) {
        jdbc.sql(
                        """
                        insert into notice_setting (person, mail, email, language)
                        values (:person, :mail, :email, :language)
                        on conflict (person) do update set
                            mail = excluded.mail, email = excluded.email, language = excluded.language
                        """)
                .param("person", person.value())
                .param("mail", settings.mail())
                .param("email", settings.email())
                .param("language", settings.language().name())
                .update();
    }

    private static Map<String, @Nullable Object> matching(
            PersonId recipient, PageQuery query, NoticeFilter filter) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("recipient", recipient.value());
        params.put("unread", filter.unread());
        params.put("kind", filter.kind().map(Enum::name).orElse(null));
        params.put("pattern", query.pattern());
        return params;
    }

    private static ToldNotice told(ResultSet row, int number) throws SQLException {
        return new ToldNotice(
                new NoticeId(row.getObject("id", UUID.class)),
                Notice.Kind.valueOf(row.getString("kind")),
                Arrays.asList((String[]) row.getArray("parameters").getArray()),
                row.getString("link"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("read_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
