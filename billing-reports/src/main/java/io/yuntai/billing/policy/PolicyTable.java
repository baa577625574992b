package io.yuntai.billing.policy;

import io.yuntai.billing.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table of policies. All have the same columns for how a version came to be, and their own for
 * its numbers. The trigger {@code keep_policy} refuses what would change one.
 */
public final class PolicyTable<P extends Policy> {

    /** The numbers of one kind of policy. */
    public interface Numbers<P extends Policy> {

        /** Reads a whole policy. */
        P policy(ResultSet row) throws SQLException;

        /** What is written of it beside its id, day and document, by column. */
        SequencedMap<String, Object> columns(P policy);
    }

    private final JdbcClient sql;
    private final String table;
    private final Numbers<P> numbers;

    /**
     * @param table a name of ours, never one that somebody has given
     */
    public PolicyTable(JdbcClient sql, String table, Numbers<P> numbers) {
        this.sql = sql;
        this.table = table;
        this.numbers = numbers;
    }

    /** The approved version that took effect last, on a day. */
    public P inForce(LocalDate day) {
        return sql.sql(
                        """
                        select * from %s where state = 'APPROVED' and effective_from <= :day
                        order by effective_from desc limit 1
                        """
                                .formatted(table))
                .param("day", day)
                .query((row, _) -> numbers.policy(row))
                .single();
    }

    /** One that there is. */
    public P get(String id) {
        return find(id).orElseThrow().policy();
    }

    List<PolicyVersion<P>> all() {
        return sql.sql("select * from %s order by effective_from desc, id".formatted(table))
                .query((row, _) -> version(row))
                .list();
    }

    Optional<PolicyVersion<P>> find(String id) {
        return sql.sql("select * from %s where id = :id".formatted(table))
                .param("id", id)
                .query((row, _) -> version(row))
                .optional();
    }

    /** Whether an approved one takes effect on a day. */
    boolean isTaken(LocalDate day) {
        return sql.sql(
                        """
                        select exists (select from %s where effective_from = :day and state = 'APPROVED')
                        """
                                .formatted(table))
                .param("day", day)
                .query(Boolean.class)
                .single();
    }

    /** Whether the id was free. */
    boolean add(P policy, Person by, Instant at) {
        var columns = numbers.columns(policy);
        var names = columns.keySet();
        return sql.sql(
                                """
                                insert into %s (id, effective_from, basis, %s,
                                    state, proposed_by, proposed_by_name, proposed_at)
                                values (:id, :effectiveFrom, :basis, %s, 'PROPOSED', :by, :byName, :at)
                                on conflict (id) do nothing
                                """
                                        .formatted(
                                                table,
                                                String.join(", ", names),
                                                names.stream()
                                                        .map(name -> ":" + name)
                                                        .collect(Collectors.joining(", "))))
                        .params(columns)
                        .params(
                                Map.of(
                                        "id", policy.id(),
                                        "effectiveFrom", policy.effectiveFrom(),
                                        "basis", policy.basis(),
                                        "by", by.id(),
                                        "byName", by.name(),
                                        "at", at.atOffset(ZoneOffset.UTC)))
                        .update()
                == 1;
    }

    /** Whether it was still to be decided. */
    boolean decide(String id, boolean approved, Person by, Instant at) {
        return sql.sql(
                                """
                                update %s set state = :state, approved_by = :name, decided_by = :by,
                                    decided_at = :at
                                where id = :id and state = 'PROPOSED'
                                """
                                        .formatted(table))
                        .param("id", id)
                        .param("state", approved ? "APPROVED" : "REJECTED")
                        .param("name", approved ? by.name() : null)
                        .param("by", by.id())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private PolicyVersion<P> version(ResultSet row) throws SQLException {
        var by = row.getObject("proposed_by", UUID.class);
        return new PolicyVersion<>(
                numbers.policy(row),
                PolicyVersion.State.valueOf(row.getString("state")),
                by == null
                        ? Optional.empty()
                        : Optional.of(
                                new PolicyVersion.Proposal(
                                        new Person(by, row.getString("proposed_by_name")),
                                        row.getObject("proposed_at", OffsetDateTime.class)
                                                .toInstant())));
    }
}
