package io.yuntai.billing.metering;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Owns usage_reading: how far each source was read. */
@Repository
class ReadingStore {

    private final JdbcClient sql;

    ReadingStore(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * How far a source was read, with its row locked for the rest of the transaction.
     *
     * @return empty: it was never read
     */
    Optional<Instant> lock(String source) {
        return sql.sql("select read_to from usage_reading where source = :source for update")
                .param("source", source)
                .query((row, _) -> row.getObject("read_to", OffsetDateTime.class).toInstant())
                .optional();
    }

    /** From when on a source is to be read, unless another server has begun with it already. */
    void begin(String source, Instant from) {
        var _ =
                sql.sql(
                                """
                                insert into usage_reading (source, read_to) values (:source, :from)
                                on conflict (source) do nothing
                                """)
                        .param("source", source)
                        .param("from", from.atOffset(ZoneOffset.UTC))
                        .update();
    }

    void advance(String source, Instant to) {
        var _ =
                sql.sql(
                                """
                                update usage_reading set read_to = :to
                                where source = :source and read_to < :to
                                """)
                        .param("source", source)
                        .param("to", to.atOffset(ZoneOffset.UTC))
                        .update();
    }

    /** Up to when each of these sources was read, those that were read at all. */
    List<Instant> readTo(Collection<String> sources) {
        return sql.sql("select read_to from usage_reading where source = any(:sources)")
                .param("sources", new SqlArrayValue("text", sources.toArray()))
                .query((row, _) -> row.getObject("read_to", OffsetDateTime.class).toInstant())
                .list();
    }

    /** How many of these sources were read up to a moment. */
    long countRead(Collection<String> sources, Instant to) {
        return sql.sql(
                        """
                        select count(*) from usage_reading
                        where source = any(:sources) and read_to >= :to
                        """)
                .param("sources", new SqlArrayValue("text", sources.toArray()))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }
}
