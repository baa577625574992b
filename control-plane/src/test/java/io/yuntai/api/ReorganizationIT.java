package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.api.spreadsheet.Format;
import io.yuntai.onboarding.register.RegisterTable;
import io.yuntai.security.Accounts;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Moves, dissolved units and split pools over HTTP: by whom, with what answers. */
@ServerTest
class ReorganizationIT {

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;

    private Town town;
    private String system = "";
    private String from = "";
    private String to = "";

    @BeforeEach
    void register() throws Exception {
        town = Town.registered(server, accounts);
        system = town.system(server, "a");
        from = town.unit(server, "a");
        to = town.unit(server, "b");
    }

    private static MockHttpServletRequestBuilder putting(String path, String body) {
        return put("/api/v1/" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body.replace('\'', '"'));
    }

    private MockHttpServletRequestBuilder move(String id) {
        return putting(
                "systems/" + system + "/moves/" + id,
                "{'unit': '%s', 'reason': '职能划转'}".formatted(to));
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    @Test
    void aSystemComesToAnotherUnitAndIsNoMoreSeenByTheOldOne() throws Exception {
        String id = id();
        server.perform(move(id).header("If-Match", "\"1\"").with(as(Town.BUREAU)))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.kind").value("SYSTEM_MOVE"))
                .andExpect(jsonPath("$.subject").value("system/" + system))
                .andExpect(jsonPath("$.target").value("unit/" + to))
                .andExpect(jsonPath("$.by").value("数据局"))
                .andExpect(jsonPath("$.outcome").value("DONE"));
        server.perform(move(id).header("If-Match", "\"1\"").with(as(Town.BUREAU)))
                .andExpect(status().isOk());
        server.perform(get("/api/v1/systems/" + system).with(as(town.staff("b"))))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.unit.id").value(to));
        server.perform(get("/api/v1/systems/" + system).with(as(town.staff("a"))))
                .andExpect(status().isNotFound());
        server.perform(get("/api/v1/reorganizations/" + id).with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.reason").value("职能划转"));
        server.perform(get("/api/v1/reorganizations").with(as(Town.OPERATOR)))
                .andExpect(jsonPath("$.items[*].id").value(hasItem(id)));
        server.perform(get("/api/v1/audit").queryParam("q", system).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[0].action").value("reorganization.systemMove"));
    }

    @Test
    void aTrialAnswersTheSameAndKeepsNothing() throws Exception {
        String id = id();
        server.perform(
                        move(id).header("If-Match", "\"1\"")
                                .queryParam("validateOnly", "true")
                                .with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.outcome").value("DONE"));
        server.perform(get("/api/v1/reorganizations/" + id).with(as(Town.OPERATOR)))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("REORGANIZATION_NOT_FOUND"));
        server.perform(get("/api/v1/systems/" + system).with(as(town.staff("a"))))
                .andExpect(status().isOk());
    }

    @Test
    void itTakesTheRightAndTheVersionThatWasRead() throws Exception {
        server.perform(move(id()).header("If-Match", "\"1\"").with(as(town.owner("a"))))
                .andExpect(status().isForbidden());
        server.perform(move(id()).with(as(Town.BUREAU)))
                .andExpect(status().isPreconditionRequired());
        server.perform(move(id()).header("If-Match", "\"9\"").with(as(Town.BUREAU)))
                .andExpect(status().isPreconditionFailed())
                .andExpect(jsonPath("$.code").value("STALE_VERSION"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "systems/SYSTEM/moves | {'reason': '划转'} | /unit | REQUIRED",
                "systems/SYSTEM/moves | {'unit': 'FROM'} | /reason | REQUIRED",
                "systems/SYSTEM/moves | {'unit': '01990000-0000-7000-8000-00000000ffff', 'reason': 'x'}"
                        + " | /unit | UNKNOWN_UNIT",
                "units/FROM/moves | {'region': '990000', 'reason': 'x'} | /region | UNKNOWN_REGION",
                "units/FROM/dissolutions | {'reason': 'x'} | /into | REQUIRED",
                "pools/extranet-ordinary/splits | {'pool': 'health-domestic', 'reason': 'x',"
                        + " 'capacity': {'cpuMillis': 1}} | /pool | OTHER_ZONE_SAME_PROCESSOR",
                "pools/extranet-ordinary/splits | {'pool': 'health-ordinary', 'reason': 'x'}"
                        + " | /capacity | REQUIRED",
                "pools/extranet-ordinary/splits | {'pool': 'health-ordinary', 'reason': 'x', 'capacity':"
                        + " {'cpuMillis': 100000000000}} | /capacity | OVER_CAPACITY"
            })
    void whatIsWrongIsPointedAt(String path, String body, String pointer, String code)
            throws Exception {
        server.perform(
                        putting(
                                        path.strip().replace("SYSTEM", system).replace("FROM", from)
                                                + "/"
                                                + id(),
                                        body.strip().replace("FROM", from))
                                .header("If-Match", "\"1\"")
                                .with(as(Town.BUREAU)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value(pointer.strip()))
                .andExpect(jsonPath("$.errors[0].code").value(code.strip()));
    }

    @Test
    void aUnitBecomesAPartAndIsDissolvedIntoItsWhole() throws Exception {
        server.perform(partOf("\"1\"")).andExpect(status().isCreated());
        server.perform(get("/api/v1/units/" + from).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.parent").value(to));
        server.perform(
                        putting(
                                        "units/" + from + "/dissolutions/" + id(),
                                        "{'into': '%s', 'reason': '机构改革'}".formatted(to))
                                .header("If-Match", "\"2\"")
                                .with(as(Town.BUREAU)))
                .andExpect(status().isCreated());
        server.perform(get("/api/v1/units/" + from).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.dissolvedInto").value(to))
                .andExpect(jsonPath("$.systems").value(0));
        server.perform(
                        putting(
                                        "units/" + from + "/dissolutions/" + id(),
                                        "{'into': '%s', 'reason': '机构改革'}".formatted(to))
                                .header("If-Match", "\"3\"")
                                .with(as(Town.BUREAU)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("UNIT_DISSOLVED"));
    }

    @Test
    void whereThereIsNoRoomItIsToldWhoHasIt() throws Exception {
        server.perform(
                        putting(
                                        "applications/" + id(),
                                        """
                                        {'system': '%s', 'pool': 'extranet-ordinary', 'purpose': '扩容',
                                         'termMonths': 12, 'items': [{'kind': 'HOSTS', 'count': 1, 'vcpu': 2,
                                         'memoryGib': 4, 'diskGib': 40, 'storageClass': 'ssd'}]}
                                        """
                                                .formatted(town.system(server, "b")))
                                .with(as(town.staff("b"))))
                .andExpect(status().isCreated());
        server.perform(partOf("\"1\""))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("QUOTA_SHORT"))
                .andExpect(jsonPath("$.shortfalls[*].node.name").value(hasItem(town.name("b"))))
                .andExpect(jsonPath("$.wayOut.fits").isMap());
        server.perform(get("/api/v1/units/" + from).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.parent").value((Object) null));
    }

    private MockHttpServletRequestBuilder partOf(String version) {
        return putting(
                        "units/" + from + "/moves/" + id(),
                        "{'parent': '%s', 'region': '440700', 'reason': '并入'}".formatted(to))
                .header("If-Match", version)
                .with(as(Town.BUREAU));
    }

    /** A pool of its own: that of the towns has to stay what their files say. */
    @Test
    void aPoolGivesAPartOfItselfAndAUnitToAnotherZone() throws Exception {
        var own =
                new Town()
                        .row(
                                RegisterTable.POOLS,
                                "whole",
                                "ordinary",
                                "200",
                                "400",
                                "8000",
                                "",
                                "40")
                        .with(RegisterTable.SYSTEMS, 2, "zone", "whole")
                        .with(RegisterTable.QUOTAS, 2, "pool", "whole-ordinary");
        server.perform(
                        put("/api/v1/imports/" + id())
                                .queryParam("fileName", "own.xlsx")
                                .contentType(MediaType.valueOf(Format.XLSX.mediaType()))
                                .content(own.file(Format.XLSX, Locale.CHINESE))
                                .with(as(Town.BUREAU)))
                .andExpect(status().isCreated());
        String path = "pools/whole-ordinary/splits/" + id();
        String body =
                """
                {'pool': 'split-ordinary', 'units': ['%s'], 'reason': '单独成区',
                 'capacity': {'cpuMillis': 100000, 'memoryBytes': 214748364800,
                              'storageBytes/ssd': 4294967296000, 'hosts': 20}}
                """
                        .formatted(own.unit(server, "a"));
        server.perform(putting(path, body).with(as(Town.OPERATOR))).andExpect(status().isCreated());
        server.perform(putting(path, body).with(as(Town.OPERATOR))).andExpect(status().isOk());
        String pools =
                server.perform(get("/api/v1/pools").with(as(Town.BUREAU)))
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        assertThat(capacities(pools, "split-ordinary")).containsExactly(100_000);
        assertThat(capacities(pools, "whole-ordinary")).containsExactly(100_000);
        server.perform(get("/api/v1/systems/" + own.system(server, "a")).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.zone").value("split"));
    }

    private static List<Integer> capacities(String pools, String pool) {
        return JsonPath.read(
                pools,
                "$.items[?(@.id=='%s')].rows[?(@.resource=='cpuMillis')].capacity".formatted(pool));
    }
}
