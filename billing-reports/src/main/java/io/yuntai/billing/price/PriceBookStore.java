package io.yuntai.billing.price;

import io.yuntai.billing.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owns price_book, price_package and price_disk. */
@Repository
class PriceBookStore {

    private final JdbcClient sql;

    PriceBookStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** One decision at a time, until the transaction ends. */
    void hold() {
        var _ = sql.sql("lock table price_book in share row exclusive mode").update();
    }

    List<PriceBook> all() {
        return sql.sql("select * from price_book order by effective_from desc, proposed_at desc")
                .query((row, _) -> book(row))
                .list();
    }

    Optional<PriceBook> find(String id) {
        return sql.sql("select * from price_book where id = ?")
                .param(id)
                .query((row, _) -> book(row))
                .optional();
    }

    Optional<PriceBook> inForce(LocalDate day) {
        return sql.sql(
                        """
                        select * from price_book where state = 'APPROVED' and effective_from <= ?
                        order by effective_from desc limit 1
                        """)
                .param(day)
                .query((row, _) -> book(row))
                .optional();
    }

    boolean isTaken(LocalDate day) {
        return sql.sql(
                        "select exists (select from price_book where effective_from = ? and state = 'APPROVED')")
                .param(day)
                .query(Boolean.class)
                .single();
    }

    /** Whether the id was free. */
    boolean add(PriceBook book) {
        boolean added =
                sql.sql(
                                        """
                                        insert into price_book (id, effective_from, basis, state, proposed_by,
                                            proposed_by_name, proposed_at)
                                        values (?, ?, ?, 'PROPOSED', ?, ?, ?) on conflict (id) do nothing
                                        """)
                                .params(
                                        book.id(),
                                        book.from(),
                                        book.basis(),
                                        book.proposedBy().id(),
                                        book.proposedBy().name(),
                                        book.proposedAt().atOffset(ZoneOffset.UTC))
                                .update()
                        == 1;
        if (added) {
            for (var one : book.packages()) {
                var _ =
                        sql.sql(
                                        """
                                        insert into price_package (book, vcpu, memory_gib, yuan_per_month)
                                        values (?, ?, ?, ?)
                                        """)
                                .params(book.id(), one.vcpu(), one.memoryGib(), one.perMonth())
                                .update();
            }
            for (var one : book.disks()) {
                var _ =
                        sql.sql(
                                        """
                                        insert into price_disk (book, storage_class, yuan_per_gib_month)
                                        values (?, ?, ?)
                                        """)
                                .params(book.id(), one.storageClass(), one.perGib())
                                .update();
            }
        }
        return added;
    }

    void decide(String id, PriceBook.State state, PriceBook.Decision decision) {
        var _ =
                sql.sql(
                                """
                                update price_book set state = ?, decided_by = ?, decided_by_name = ?, decided_at = ?
                                where id = ?
                                """)
                        .params(
                                state.name(),
                                decision.by().id(),
                                decision.by().name(),
                                decision.at().atOffset(ZoneOffset.UTC),
                                id)
                        .update();
    }

    private PriceBook book(ResultSet row) throws SQLException {
        String id = row.getString("id");
        var packages =
                sql.sql("select * from price_package where book = ? order by vcpu, memory_gib")
                        .param(id)
                        .query((one, _) ->
                                new PriceBook.PackagePrice(
                                        one.getInt("vcpu"),
                                        one.getInt("memory_gib"),
                                        one.getBigDecimal("yuan_per_month")))
                        .list();
        var disks =
                sql.sql("select * from price_disk where book = ? order by storage_class")
                        .param(id)
                        .query((one, _) ->
                                new PriceBook.DiskPrice(
                                        one.getString("storage_class"),
                                        one.getBigDecimal("yuan_per_gib_month")))
                        .list();
        var by = row.getObject("decided_by", UUID.class);
        return new PriceBook(
                id,
                row.getObject("effective_from", LocalDate.class),
                row.getString("basis"),
                packages,
                disks,
                PriceBook.State.valueOf(row.getString("state")),
                new Person(
                        row.getObject("proposed_by", UUID.class),
                        row.getString("proposed_by_name")),
                instant(row, "proposed_at"),
                by == null
                        ? Optional.empty()
                        : Optional.of(
                                new PriceBook.Decision(
                                        new Person(by, row.getString("decided_by_name")),
                                        instant(row, "decided_at"))));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
