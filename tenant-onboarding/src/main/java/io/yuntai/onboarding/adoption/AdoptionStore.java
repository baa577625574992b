package io.yuntai.onboarding.adoption;

import io.yuntai.onboarding.Exclusive;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of adoptions. Every method joins the caller's transaction. */
@Repository
class AdoptionStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String SELECT =
            """
            select a.*, p.name as adopter from adoption a join person p on p.id = a.adopted_by
            """;

    private final JdbcClient jdbc;

    AdoptionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** As it is written down: what the namespace was found to be. */
    private record Written(
            Map<String, Long> charged,
            Map<String, Long> launchers,
            List<Adoption.Machine> hosts,
            List<Adoption.Note> notes) {}

    private record WrittenDebt(
            UUID node,
            NodeRef.Kind kind,
            String name,
            String resource,
            long ceiling,
            long held,
            long amount) {}

    /**
     * Has whoever else adopts any of these namespaces wait for the end of this transaction, always
     * in the same order.
     */
    void claim(Collection<LeaseId> namespaces) {
        namespaces.stream()
                .map(LeaseId::toString)
                .sorted()
                .forEach(one -> Exclusive.ADOPTION.hold(jdbc, one));
    }

    Optional<Adoption> find(AdoptionId id) {
        return jdbc.sql(SELECT + "where a.id = ?")
                .param(id.value())
                .query(this::adoption)
                .optional();
    }

    /** Up to limit + 1 adoptions, the latest first. */
    List<Adoption> page(PageQuery query) {
        return jdbc.sql(
                        SELECT
                                + """
                                where a.file_name like :pattern
                                order by a.adopted_at desc, a.id desc
                                """
                                + query.slice())
                .param("pattern", query.pattern())
                .query(this::adoption)
                .list();
    }

    long count(PageQuery query) {
        return jdbc.sql("select count(*) from adoption where file_name like ?")
                .param(query.pattern())
                .query(Long.class)
                .single();
    }

    void insert(Adoption done) {
        var _ =
                jdbc.sql(
                                """
                                insert into adoption (id, file_name, digest, adopted_by, adopted_at, debts)
                                values (?, ?, ?, ?, ?, cast(? as jsonb))
                                """)
                        .params(
                                done.id().value(),
                                done.fileName(),
                                done.digest(),
                                done.adoptedBy().value(),
                                done.adoptedAt().atOffset(ZoneOffset.UTC),
                                JSON.writeValueAsString(
                                        done.debts().stream().map(AdoptionStore::written).toList()))
                        .update();
        for (var one : done.namespaces()) {
            var _ =
                    jdbc.sql(
                                    """
                                    insert into adopted_namespace
                                        (cluster, namespace, adoption, uid, system, pool, found)
                                    values (?, ?, ?, ?, ?, ?, cast(? as jsonb))
                                    """)
                            .params(
                                    one.cluster().value(),
                                    one.namespace().value(),
                                    done.id().value(),
                                    one.uid(),
                                    one.system().value(),
                                    one.pool().toString(),
                                    JSON.writeValueAsString(
                                            new Written(
                                                    codes(one.charged()),
                                                    codes(one.launchers()),
                                                    one.hosts(),
                                                    one.notes())))
                            .update();
        }
    }

    /** Names of all hosts that a system ever had; none is used twice. */
    Set<String> hostNames(SystemId system) {
        return new HashSet<>(
                jdbc.sql("select name from host where system = ?")
                        .param(system.value())
                        .query(String.class)
                        .list());
    }

    /** What is still to be taken over of a system, by lease; the uid of each. */
    Map<LeaseId, String> underWay(SystemId system) {
        var uids = new HashMap<LeaseId, String>();
        jdbc.sql(
                        """
                        select cluster, namespace, uid from adopted_namespace
                        where system = ? and done_at is null
                        """)
                .param(system.value())
                .query(row -> {
                    uids.put(
                            new LeaseId(row.getString("cluster"), row.getString("namespace")),
                            row.getString("uid"));
                });
        return uids;
    }

    Set<SystemId> underWay() {
        return new HashSet<>(
                jdbc.sql("select distinct system from adopted_namespace where done_at is null")
                        .query((row, _) -> new SystemId(row.getObject(1, UUID.class)))
                        .list());
    }

    /** Whether it was under way until now. */
    boolean done(LeaseId id, Instant at) {
        return jdbc.sql(
                                """
                                update adopted_namespace set done_at = ?
                                where cluster = ? and namespace = ? and done_at is null
                                """)
                        .params(at.atOffset(ZoneOffset.UTC), id.cluster(), id.namespace())
                        .update()
                == 1;
    }

    private Adoption adoption(ResultSet row, int number) throws SQLException {
        var id = new AdoptionId(row.getObject("id", UUID.class));
        return new Adoption(
                id,
                row.getString("file_name"),
                row.getString("digest"),
                new PersonId(row.getObject("adopted_by", UUID.class)),
                row.getString("adopter"),
                row.getObject("adopted_at", OffsetDateTime.class).toInstant(),
                namespaces(id),
                JSON
                        .readValue(
                                row.getString("debts"), new TypeReference<List<WrittenDebt>>() {})
                        .stream()
                        .map(AdoptionStore::debt)
                        .toList());
    }

    private List<Adoption.Taken> namespaces(AdoptionId id) {
        return jdbc.sql(
                        """
                        select n.*, s.code from adopted_namespace n join system s on s.id = n.system
                        where n.adoption = ? order by n.cluster, n.namespace
                        """)
                .param(id.value())
                .query((row, _) -> taken(row))
                .list();
    }

    private static Adoption.Taken taken(ResultSet row) throws SQLException {
        var found = JSON.readValue(row.getString("found"), Written.class);
        return new Adoption.Taken(
                new ClusterName(row.getString("cluster")),
                new NamespaceName(row.getString("namespace")),
                row.getString("uid"),
                new SystemId(row.getObject("system", UUID.class)),
                new SystemCode(row.getString("code")),
                PoolId.of(row.getString("pool")),
                amounts(found.charged()),
                amounts(found.launchers()),
                found.hosts(),
                found.notes(),
                Optional.ofNullable(row.getObject("done_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static WrittenDebt written(Adoption.Debt debt) {
        return new WrittenDebt(
                debt.node().id().value(),
                debt.node().kind(),
                debt.node().name(),
                debt.resource().code(),
                debt.ceiling(),
                debt.held(),
                debt.amount());
    }

    private static Adoption.Debt debt(WrittenDebt debt) {
        return new Adoption.Debt(
                new NodeRef(new NodeId(debt.node()), debt.kind(), debt.name()),
                new Resource(debt.resource()),
                debt.ceiling(),
                debt.held(),
                debt.amount());
    }

    private static Map<String, Long> codes(Amounts amounts) {
        var codes = new TreeMap<String, Long>();
        amounts.asMap().forEach((resource, amount) -> codes.put(resource.code(), amount));
        return codes;
    }

    private static Amounts amounts(Map<String, Long> codes) {
        var amounts = new HashMap<Resource, Long>();
        codes.forEach((code, amount) -> amounts.put(new Resource(code), amount));
        return Amounts.of(amounts);
    }
}
