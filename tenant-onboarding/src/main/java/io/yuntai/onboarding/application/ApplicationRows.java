package io.yuntai.onboarding.application;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How rows read as applications. */
final class ApplicationRows {

    /** Of {@code application_item i}, as {@link ItemRows} reads them. */
    static final String ITEMS =
            """
            json_agg(json_build_array(kind, count, vcpu, memory_gib, storage_gib, storage_class,
                                      size, size_version, image, image_version, gpu_model, gpus,
                                      user_data, ssh_keys, approved_count, approved_vcpu,
                                      approved_memory_gib, approved_storage_gib, host, months,
                                      from_vcpu, from_memory_gib,
                                      (select h.name from host h where h.id = i.host),
                                      from_pool, disks, cluster, from_zone, extras,
                                      approved_extras)
                     order by position)\
            """;

    /**
     * Most names are looked up one by one: joins to them all would take the planner longer than a
     * page takes to read. Units are so few that it would read them all for each.
     */
    static final String SELECT =
            """
            select a.*, (select code from system where id = a.system) as system_code,
                   (select name from system where id = a.system) as system_name,
                   u.name as unit_name,
                   (select name from person where id = a.submitted_by) as submitted_by_name,
                   (select name from person where id = a.decided_by) as decided_by_name,
                   (select name from person where id = a.assignee) as assignee_name,
                   (select %s
                    from application_item i
                    where i.application = a.id and i.revision = a.revision) as items,
                   (select json_agg(json_build_array(d.person, d.duty))
                    from application_duty d where d.application = a.id) as duties,
                   array(select h.destroyed_by from host h
                         where h.recycled_for_application = a.id and h.destroyed_by is not null) as destroyers
            from application a join unit u on u.id = a.unit
            """
                    .formatted(ITEMS);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private ApplicationRows() {}

    static Application application(ResultSet row, int number) throws SQLException {
        Instant submittedAt = instant(row, "submitted_at").orElseThrow();
        var items = JSON.readTree(row.getString("items"));
        return new Application(
                new ApplicationId(row.getObject("id", UUID.class)),
                row.getInt("version"),
                row.getInt("revision"),
                number(row, submittedAt),
                Workflow.State.valueOf(row.getString("state")),
                instant(row, "entered_at").orElseThrow(),
                row.getInt("entered_version"),
                order(row, ItemRows.requested(items)),
                order(row, ItemRows.left(items)),
                new TransferId(row.getObject("lock", UUID.class)),
                new SystemCode(row.getString("system_code")),
                row.getString("system_name"),
                new UnitId(row.getObject("unit", UUID.class)),
                row.getString("unit_name"),
                participant(row, "submitted_by").orElseThrow(),
                submittedAt,
                participant(row, "assignee"),
                Optional.ofNullable(row.getString("wanted_cluster")).map(ClusterName::new),
                Optional.ofNullable(row.getString("cluster")).map(ClusterName::new),
                participant(row, "decided_by"),
                instant(row, "decided_at"),
                instant(row, "delivered_at"),
                duties(row.getString("duties")),
                destroyers(row));
    }

    private static Set<PersonId> destroyers(ResultSet row) throws SQLException {
        return Arrays.stream((UUID[]) row.getArray("destroyers").getArray())
                .map(PersonId::new)
                .collect(Collectors.toSet());
    }

    private static Order order(ResultSet row, List<Item> items) throws SQLException {
        return new Order(
                new SystemId(row.getObject("system", UUID.class)),
                PoolId.of(row.getString("pool")),
                row.getString("purpose"),
                term(row),
                items,
                row.getString("expected_load"));
    }

    static Application.Revision revision(ResultSet row, int number) throws SQLException {
        var items = ItemRows.requested(JSON.readTree(row.getString("items")));
        @Nullable UUID system = row.getObject("system", UUID.class);
        return new Application.Revision(
                row.getInt("revision"),
                items,
                system == null
                        ? Optional.empty()
                        : Optional.of(
                                new Application.Head(
                                        new SystemId(system),
                                        new SystemCode(row.getString("system_code")),
                                        row.getString("system_name"),
                                        PoolId.of(row.getString("pool")),
                                        row.getString("purpose"),
                                        term(row),
                                        row.getString("expected_load"))));
    }

    private static Optional<Integer> term(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getObject("term_months", Integer.class));
    }

    private static List<Application.Holding> duties(@Nullable String json) {
        var duties = new ArrayList<Application.Holding>();
        if (json != null) {
            for (JsonNode row : JSON.readTree(json)) {
                duties.add(
                        new Application.Holding(
                                new PersonId(UUID.fromString(row.get(0).asString())),
                                Workflow.Duty.valueOf(row.get(1).asString())));
            }
        }
        return duties;
    }

    static Application.Reference reference(ResultSet row) throws SQLException {
        return new Application.Reference(
                new ApplicationId(row.getObject("id", UUID.class)),
                number(row, instant(row, "submitted_at").orElseThrow()));
    }

    private static String number(ResultSet row, Instant submittedAt) throws SQLException {
        return String.format(
                Locale.ROOT, "A%tY-%06d", submittedAt.atZone(ZONE), row.getLong("number"));
    }

    static Application.Step step(ResultSet row, int number) throws SQLException {
        @Nullable String from = row.getString("from_state");
        @Nullable String opinion = row.getString("opinion");
        return new Application.Step(
                instant(row, "at").orElseThrow(),
                row.getInt("revision"),
                participant(row, "person"),
                participant(row, "on_behalf_of"),
                participant(row, "other"),
                Workflow.Command.valueOf(row.getString("command")),
                Optional.ofNullable(from).map(Workflow.State::valueOf),
                Workflow.State.valueOf(row.getString("to_state")),
                Optional.ofNullable(opinion).map(Application.Opinion::valueOf),
                row.getString("note"),
                terms(row));
    }

    private static Application.Terms terms(ResultSet row) throws SQLException {
        @Nullable String cuts = row.getString("cuts");
        return new Application.Terms(
                cuts == null ? List.of() : cuts(cuts),
                Optional.ofNullable(row.getString("cluster")).map(ClusterName::new));
    }

    private static List<Cut> cuts(String json) {
        var cuts = new ArrayList<Cut>();
        for (JsonNode one : JSON.readTree(json)) {
            cuts.add(
                    new Cut(
                            one.get(0).asInt(),
                            one.get(1).asInt(),
                            one.get(2).asInt(),
                            one.get(3).asInt(),
                            one.get(4).asInt(),
                            one.has(5)
                                    ? Optional.of(ItemRows.amounts(one.get(5)))
                                    : Optional.empty()));
        }
        return cuts;
    }

    /** As they are kept with a step; null: there are none. */
    static @Nullable String json(List<Cut> cuts) {
        return cuts.isEmpty()
                ? null
                : JSON.writeValueAsString(cuts.stream().map(ApplicationRows::row).toList());
    }

    private static List<Object> row(Cut cut) {
        var row =
                new ArrayList<Object>(
                        List.of(
                                cut.position(),
                                cut.count(),
                                cut.vcpu(),
                                cut.memoryGib(),
                                cut.storageGib()));
        cut.extras().ifPresent(left -> row.add(JSON.readTree(ItemRows.json(left))));
        return row;
    }

    private static Optional<Application.Participant> participant(ResultSet row, String column)
            throws SQLException {
        @Nullable UUID person = row.getObject(column, UUID.class);
        return person == null
                ? Optional.empty()
                : Optional.of(
                        new Application.Participant(
                                new PersonId(person), row.getString(column + "_name")));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
