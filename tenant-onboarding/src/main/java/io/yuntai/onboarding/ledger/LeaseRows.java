package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.LeaseAccount;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a lease from a row: its columns, and as {@code amounts} a JSON object that has for each
 * resource an array of floor, entitled, granted, charged and whatever else was selected.
 */
final class LeaseRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LeaseRows() {}

    static LeaseId id(ResultSet row) throws SQLException {
        return new LeaseId(row.getString("cluster"), row.getString("namespace"));
    }

    /** The first columns of the amounts, in their order. */
    static List<Amounts> amounts(ResultSet row, int columns) throws SQLException {
        Map<String, List<Long>> amounts = new HashMap<>();
        String json = row.getString("amounts");
        if (json != null) {
            amounts.putAll(JSON.readValue(json, new TypeReference<Map<String, List<Long>>>() {}));
        }
        return IntStream.range(0, columns).mapToObj(at -> column(amounts, at)).toList();
    }

    static LeaseAccount account(ResultSet row, List<Amounts> amounts) throws SQLException {
        return new LeaseAccount(
                amounts.get(0),
                amounts.get(1),
                amounts.get(2),
                amounts.get(3),
                new Epoch(row.getLong("epoch")),
                new Epoch(row.getLong("enforced_epoch")),
                at(row, "enforced_at"),
                at(row, "idle_since"));
    }

    static Optional<Instant> at(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    private static Amounts column(Map<String, List<Long>> rows, int index) {
        var values = new HashMap<Resource, Long>();
        rows.forEach((code, columns) -> values.put(new Resource(code), columns.get(index)));
        return Amounts.of(values);
    }
}
