package io.yuntai.onboarding.host;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a host from a row, with its data disks as a JSON array {@code disks}. */
final class HostRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private HostRows() {}

    static Host host(ResultSet row, int number) throws SQLException {
        return new Host(
                new HostId(row.getObject("id", UUID.class)),
                row.getString("name"),
                new SystemId(row.getObject("system", UUID.class)),
                row.getString("system_code"),
                row.getString("system_name"),
                new UnitId(row.getObject("unit", UUID.class)),
                row.getString("uscc"),
                row.getString("unit_name"),
                row.getString("unit_region"),
                PoolId.of(row.getString("pool")),
                row.getInt("vcpu"),
                row.getLong("memory_bytes"),
                row.getLong("disk_bytes"),
                row.getString("storage_class"),
                Host.State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getString("cluster"),
                row.getString("namespace"),
                at(row, "delivered_at"),
                plan(row),
                new Host.Notes(texts(row, "addresses"), texts(row, "conditions")));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static Host.Plan plan(ResultSet row) throws SQLException {
        return new Host.Plan(
                HostLife.State.valueOf(row.getString("life")),
                row.getInt("version"),
                row.getBoolean("running"),
                at(row, "confirmed_at").isPresent(),
                row.getBoolean("holds_compute"),
                new Host.Times(
                        row.getInt("restarts"),
                        row.getInt("restarts_done"),
                        row.getString("restart_of")),
                new Host.Times(
                        row.getInt("rebuilds"),
                        row.getInt("rebuilds_done"),
                        row.getString("rebuild_of")),
                recycled(row),
                at(row, "ends_at"),
                HostRefusal.parse(row.getString("refusal")),
                disks(row.getString("disks")),
                disks(row.getString("disks_given_up")),
                setup(row),
                made(row));
    }

    private static Optional<Host.Recycled> recycled(ResultSet row) throws SQLException {
        var by = person(row, "recycled_by");
        var proposedBy = person(row, "destruction_proposed_by");
        return at(row, "recycled_at").map(at -> new Host.Recycled(at, by, proposedBy));
    }

    private static Optional<PersonId> person(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class)).map(PersonId::new);
    }

    private static Optional<HostMade> made(ResultSet row) throws SQLException {
        boolean imported = row.getBoolean("imported");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(
                        new HostMade(
                                imported,
                                row.getBoolean("instancetype"),
                                row.getBoolean("as_leased")));
    }

    private static HostSetup setup(ResultSet row) throws SQLException {
        int gpus = row.getInt("gpus");
        return new HostSetup(
                ref(row, "size"),
                ref(row, "image"),
                gpus == 0
                        ? Optional.empty()
                        : Optional.of(new Gpus(row.getString("gpu_model"), gpus)),
                new HostSetup.FirstLogin(row.getString("user_data"), texts(row, "ssh_keys")),
                kept(row));
    }

    private static Optional<HostKept> kept(ResultSet row) throws SQLException {
        String runBy = row.getString("run_by");
        return runBy == null
                ? Optional.empty()
                : Optional.of(
                        new HostKept(
                                HostKept.RunBy.valueOf(runBy),
                                number(row, "sockets"),
                                number(row, "cores"),
                                number(row, "threads"),
                                row.getString("kept_memory"),
                                texts(row, "claims"),
                                row.getBoolean("resized")));
    }

    private static OptionalInt number(ResultSet row, String column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static Optional<CatalogueRef> ref(ResultSet row, String column) throws SQLException {
        String code = row.getString(column);
        return code == null
                ? Optional.empty()
                : Optional.of(new CatalogueRef(code, row.getInt(column + "_version")));
    }

    private static List<DataDisk> disks(@Nullable String json) {
        var disks = new ArrayList<DataDisk>();
        if (json != null) {
            for (JsonNode disk : JSON.readTree(json)) {
                disks.add(
                        new DataDisk(
                                disk.get(0).asInt(), disk.get(1).asLong(), disk.get(2).asString()));
            }
        }
        return disks;
    }

    static Optional<Instant> at(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
