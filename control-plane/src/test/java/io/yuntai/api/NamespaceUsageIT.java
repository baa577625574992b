package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.billing.metering.HourOfNamespace;
import io.yuntai.billing.metering.MeteredNamespace;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Metering;
import io.yuntai.billing.metering.NamespaceHour;
import io.yuntai.billing.metering.NamespaceSource;
import io.yuntai.billing.metering.NamespaceUses;
import io.yuntai.billing.metering.Period;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.NamespaceGranted;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import io.yuntai.security.Accounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is granted to a namespace's containers and what they use, from the ledger's word to the
 * table.
 */
@ServerTest
class NamespaceUsageIT {

    private static final long GIB = 1L << 30;

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;
    @Autowired private Metering metering;
    @Autowired private NamespaceUses uses;
    @Autowired private ApplicationEventPublisher events;
    @Autowired private TransactionTemplate transaction;
    @Autowired private Clock clock;

    private Town town;
    private SystemId system = new SystemId(new UUID(0, 0));
    private LeaseId lease = new LeaseId("north", "none");
    private Instant hour = Instant.EPOCH;

    @BeforeEach
    void aSystem() throws Exception {
        town = Town.registered(server, accounts);
        system = new SystemId(UUID.fromString(town.system(server, "a")));
        lease = new LeaseId("north", town.code("a") + "-extranet-o");
        hour = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(30));
    }

    private String path() {
        return "/api/v1/systems/" + system + "/namespaces/usage";
    }

    private void grant(long cpuMillis) {
        transaction.executeWithoutResult(_ -> publish(cpuMillis));
    }

    private void publish(long cpuMillis) {
        events.publishEvent(
                new NamespaceGranted(
                        lease,
                        system,
                        Amounts.of(
                                Map.of(
                                        Resource.CPU,
                                        cpuMillis,
                                        Resource.MEMORY,
                                        4 * GIB,
                                        Resource.storage("ssd"),
                                        6 * GIB,
                                        Resource.storage("hdd"),
                                        4 * GIB,
                                        Resource.HOSTS,
                                        3L))));
    }

    /** As if it had been granted a while ago, and measured then. */
    private void measure() {
        jdbc.sql(
                        """
                        update namespace_allotment set during = tstzrange(:from, null)
                        where cluster = :cluster and namespace = :namespace
                        """)
                .param("from", hour.atOffset(ZoneOffset.UTC))
                .param("cluster", lease.cluster())
                .param("namespace", lease.namespace())
                .update();
        NamespaceSource kubelets = this::read;
        assertThat(
                        metering.readNamespaces(
                                kubelets, new Period(hour, hour.plus(Duration.ofHours(3)))))
                .isEqualTo(3);
    }

    /** Twelve samples, then nine and three over the grant, then eight. */
    private void read(List<MeteredNamespace> namespaces, Consumer<NamespaceHour> into) {
        for (var one : namespaces) {
            if (one.place().namespace().equals(lease.namespace())) {
                for (int i = 0; i < 3; i++) {
                    var read = new HourOfNamespace(one, hour.plus(Duration.ofHours(i)));
                    for (int at = 0; at < List.of(12, 9, 8).get(i); at++) {
                        read.add(
                                at == 0 ? 250 : 500,
                                OptionalLong.of(GIB),
                                i == 0 ? OptionalLong.of(5 * GIB) : OptionalLong.empty(),
                                i == 0 ? OptionalLong.of(8 * GIB) : OptionalLong.empty());
                    }
                    for (int at = 0; at < List.of(0, 3, 0).get(i); at++) {
                        read.add(
                                2101,
                                OptionalLong.of(GIB),
                                OptionalLong.empty(),
                                OptionalLong.empty());
                    }
                    into.accept(read.end());
                }
            }
        }
    }

    @Test
    void useIsShownAgainstWhatWasGrantedToWhoeverSeesTheSystem() throws Exception {
        server.perform(get(path()).with(as(town.staff("a"))))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items", empty()));
        grant(2000);
        grant(2000);
        measure();
        for (var login : List.of(town.staff("a"), Town.OPERATOR, Town.BUREAU)) {
            server.perform(get(path()).with(as(login)))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.items", hasSize(1)))
                    .andExpect(jsonPath("$.items[0].cluster").value("north"))
                    .andExpect(jsonPath("$.items[0].namespace").value(lease.namespace()))
                    .andExpect(jsonPath("$.items[0].grantedHours").value(30))
                    .andExpect(jsonPath("$.items[0].hours").value(2))
                    .andExpect(jsonPath("$.items[0].coverage").value("6.67"))
                    .andExpect(jsonPath("$.items[0].samples").value(29))
                    .andExpect(jsonPath("$.items[0].setApart").value(3))
                    // 2 of 250 and 19 of 500
                    .andExpect(jsonPath("$.items[0].cpu.mean").value(476))
                    .andExpect(jsonPath("$.items[0].cpu.min").value(250))
                    .andExpect(jsonPath("$.items[0].cpu.max").value(500))
                    .andExpect(jsonPath("$.items[0].cpu.granted").value(2000))
                    .andExpect(jsonPath("$.items[0].cpu.percent").value("23.81"))
                    .andExpect(jsonPath("$.items[0].memory.percent").value("25.00"))
                    .andExpect(jsonPath("$.items[0].storage.hours").value(1))
                    .andExpect(jsonPath("$.items[0].storage.granted").value(10 * GIB))
                    .andExpect(jsonPath("$.items[0].storage.percent").value("50.00"))
                    .andExpect(jsonPath("$.items[0].claimsBytes").value(8 * GIB))
                    .andExpect(jsonPath("$.items[0].days[0].memory").value("25.00"));
        }
    }

    @Test
    void anotherUnitFindsNoSuchSystem() throws Exception {
        grant(2000);
        for (var path : List.of(path(), path() + "/export")) {
            server.perform(get(path).with(as(town.staff("b"))))
                    .andExpect(status().isNotFound())
                    .andExpect(jsonPath("$.code").value("SYSTEM_NOT_FOUND"));
        }
    }

    @Test
    void theHoursAreExported() throws Exception {
        grant(2000);
        measure();
        var file = new ExportedFile(server, path() + "/export");
        var lines = file.lines(town.staff("a"));
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst())
                .contains("Hour,Cluster,Namespace,Samples that count,Over the grant");
        assertThat(lines.get(1))
                .endsWith(
                        "north,%s,12,0,2,0.479167,0.25,0.5,4,1,1,1,10,5,5,8"
                                .formatted(lease.namespace()));
        assertThat(lines.get(2))
                .endsWith(
                        "north,%s,9,3,2,0.472222,0.25,0.5,4,1,1,1,10,,,"
                                .formatted(lease.namespace()));
        assertThat(file.rows(town.staff("a")).getFirst()).contains("已批 CPU（核）", "存储卷容量 GiB");
        assertThat(file.name(town.staff("a"), "xlsx")).contains("xlsx");
        file.isRefusedAs("pdf", town.staff("a"));
    }

    /** What the ledger undoes, the meter has never heard of. */
    @Test
    void whatIsNotCommittedIsNotGranted() {
        transaction.executeWithoutResult(status -> {
            publish(2000);
            status.setRollbackOnly();
        });
        assertThat(uses.of(new MeteredSystemId(system.value()), uses.lastMonth())).isEmpty();
    }
}
