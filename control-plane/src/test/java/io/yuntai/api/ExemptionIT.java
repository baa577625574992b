package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Place;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Accounts;
import io.yuntai.security.Role;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;

@ServerTest
class ExemptionIT {

    private static final String EXPORT = "/api/v1/exemptions/export";

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private Allocations allocations;
    @Autowired private Clock clock;

    private Town town;
    private LocalDate today;

    /** Of one unit one that is in force and one that is not decided; another unit has one, too. */
    @BeforeEach
    void exemptionsOfTwoUnits() throws Exception {
        town = Town.registered(server, accounts);
        today = LocalDate.ofInstant(clock.instant(), Period.ZONE);
        server.perform(
                        post(applied("a", "=1+1", "防汛，\\\"一级\\\"") + "/approval")
                                .with(as(Town.BUREAU)))
                .andExpect(status().isOk());
        var _ = applied("a", "灾备-甲", "=HYPERLINK(1)");
        var _ = applied("b", "乙的主机", "许可");
    }

    /** Its path; by the owner of the host's unit. */
    private String applied(String unit, String name, String reason) throws Exception {
        var host = UUID.randomUUID();
        String id = town.unit(server, unit);
        allocations.record(
                List.of(
                        new HostAllocation(
                                new MeteredHostId(host),
                                name,
                                new Party(
                                        new PartyId(UUID.fromString(id)),
                                        town.uscc(unit),
                                        town.name(unit),
                                        "440700"),
                                new MeteredSystem(
                                        new MeteredSystemId(UUID.randomUUID()), name, name),
                                "extranet-ordinary",
                                new Capacity(4, 8L << 30, 0),
                                new Place("a", "exempt"),
                                // Far from the days of other tests.
                                Instant.parse("2035-01-01T00:00:00Z"))));
        String path = "/api/v1/exemptions/" + UUID.randomUUID();
        server.perform(
                        put(path)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        """
                                        {"host": "%s", "kind": "SEASONAL", "reason": "%s", "from": "%s", "until": "%s"}
                                        """
                                                .formatted(host, reason, today, today.plusDays(30)))
                                .with(as(town.owner(unit))))
                .andExpect(status().isOk());
        return path;
    }

    @Test
    void theListIsAFileWithWhoAppliedAndDecided() throws Exception {
        var rows = new ExportedFile(server, EXPORT).rows(town.staff("a"));
        assertThat(rows).hasSize(3);
        assertThat(rows.getFirst()).startsWith("云主机", "单位", "类别", "理由");
        assertThat(rows.get(1))
                .startsWith("灾备-甲", town.name("a"), "季节性", "=HYPERLINK(1)")
                .contains("待批准", "否", "李四");
        assertThat(rows.get(2))
                .startsWith("=1+1", town.name("a"), "季节性", "防汛，\"一级\"")
                .contains(today.toString(), "已批准", "是", "李四", "数据局");
        assertThat(new ExportedFile(server, EXPORT).lines(town.staff("a")).getLast())
                .startsWith("'=1+1," + town.name("a") + ",Seasonal,\"防汛，\"\"一级\"\"\",")
                .contains(",Approved,yes,");
        assertThat(new ExportedFile(server, EXPORT).name(town.staff("a"), "xlsx"))
                .contains("filename*=UTF-8''")
                .contains(".xlsx");
    }

    @Test
    void whatTheFiltersLeaveOutIsNotInTheFile() throws Exception {
        assertThat(names(EXPORT + "?state=APPLIED", "a")).containsExactly("灾备-甲");
        assertThat(names(EXPORT + "?inForce=true", "a")).containsExactly("=1+1");
        assertThat(names(EXPORT + "?q=灾备", "a")).containsExactly("灾备-甲");
        assertThat(names(EXPORT + "?state=REJECTED", "a")).isEmpty();
        assertThat(names(EXPORT, "b")).containsExactly("乙的主机");
        assertThat(new ExportedFile(server, EXPORT).rows(Town.BUREAU))
                .extracting(row -> row.get(1))
                .contains(town.name("a"), town.name("b"));
        new ExportedFile(server, EXPORT).isRefusedAs("pdf", Town.BUREAU);
        server.perform(get(EXPORT).queryParam("state", "LOST").with(as(Town.BUREAU)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/state"));
    }

    @Test
    void theListIsSortedAndSoIsTheFile() throws Exception {
        assertThat(names(EXPORT, "a")).containsExactly("灾备-甲", "=1+1");
        assertThat(names(EXPORT + "?sort=host", "a")).containsExactly("=1+1", "灾备-甲");
        // By what stands in it: APPLIED, APPROVED.
        assertThat(names(EXPORT + "?sort=-state", "a")).containsExactly("=1+1", "灾备-甲");
        // Whatever it does not tell apart: the latest first, whichever way.
        for (var sort : List.of("until", "-until", "kind", "-from")) {
            assertThat(names(EXPORT + "?sort=" + sort, "a"))
                    .as(sort)
                    .containsExactly("灾备-甲", "=1+1");
        }
        server.perform(
                        get("/api/v1/exemptions")
                                .param("sort", "-host")
                                .param("limit", "1")
                                .with(as(town.staff("a"))))
                .andExpect(jsonPath("$.items[0].host.name").value("灾备-甲"))
                .andExpect(jsonPath("$.total").value(2));
        server.perform(get(EXPORT).param("sort", "reason").with(as(town.staff("a"))))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").value("BAD_SORT"));
    }

    private List<String> names(String path, String unit) throws Exception {
        return new ExportedFile(server, path)
                .rows(town.staff(unit)).stream().skip(1).map(List::getFirst).toList();
    }

    @Test
    void whoeverMayNotReadThemExportsNone() throws Exception {
        String expert = "expert-" + UUID.randomUUID();
        accounts.register(new PersonId(UUID.randomUUID()), new Login(expert), "专家", Role.EXPERT);
        for (String path : List.of("/api/v1/exemptions", EXPORT)) {
            server.perform(get(path).with(as(expert))).andExpect(status().isForbidden());
        }
    }
}
