package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServerTest
class RegisterViewsIT {

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;

    private Town town;

    @BeforeEach
    void register() throws Exception {
        town = Town.registered(server, accounts);
    }

    @Test
    void aUnitIsShownWithItsRegionItsSystemsAndItsContacts() throws Exception {
        server.perform(get("/api/v1/units/" + town.unit(server, "a")).with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"1\""))
                .andExpect(jsonPath("$.uscc").value(town.uscc("a")))
                .andExpect(jsonPath("$.name").value(town.name("a")))
                .andExpect(jsonPath("$.region.code").value("440700"))
                .andExpect(jsonPath("$.region.name").value("江门市"))
                .andExpect(jsonPath("$.funding").value((Object) null))
                .andExpect(jsonPath("$.systems").value(1))
                .andExpect(jsonPath("$.contacts.length()").value(2))
                .andExpect(jsonPath("$.contacts[0].phone").isNotEmpty());
    }

    @Test
    void aSystemIsShownWithItsOwner() throws Exception {
        server.perform(get("/api/v1/systems/" + town.system(server, "a")).with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.code").value(town.code("a")))
                .andExpect(jsonPath("$.unit.name").value(town.name("a")))
                .andExpect(jsonPath("$.zone").value("extranet"))
                .andExpect(jsonPath("$.xinchuangRequired").value(false))
                .andExpect(jsonPath("$.mlpsLevel").value(3))
                .andExpect(jsonPath("$.mlpsFiling").value("44070300001"))
                .andExpect(jsonPath("$.builder").value((Object) null));
    }

    @Test
    void aTenantSeesItsOwnAndNothingElse() throws Exception {
        var staff = as(town.staff("a"));
        server.perform(get("/api/v1/units").with(staff))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].uscc").value(town.uscc("a")));
        server.perform(get("/api/v1/systems").with(staff))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].code").value(town.code("a")));
        server.perform(
                        get("/api/v1/systems")
                                .queryParam("unit", town.unit(server, "b"))
                                .with(staff))
                .andExpect(jsonPath("$.total").value(0));
    }

    @Test
    void anotherTenantsThingIsLikeOneThatIsNotThere() throws Exception {
        var staff = as(town.staff("a"));
        server.perform(get("/api/v1/units/" + town.unit(server, "b")).with(staff))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("UNIT_NOT_FOUND"));
        server.perform(get("/api/v1/units/" + UUID.randomUUID()).with(staff))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("UNIT_NOT_FOUND"));
        server.perform(get("/api/v1/systems/" + town.system(server, "b")).with(staff))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("SYSTEM_NOT_FOUND"));
        server.perform(
                        get("/api/v1/systems/" + town.system(server, "b") + "/quota")
                                .queryParam("pool", "extranet-ordinary")
                                .with(staff))
                .andExpect(status().isNotFound());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/units", "/api/v1/systems", "/api/v1/regions"})
    void pagesFollowEachOtherWithoutGapOrRepeat(String list) throws Exception {
        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            String json =
                    server.perform(
                                    get(list)
                                            .queryParam("limit", "1")
                                            .queryParam("sort", "-name")
                                            .queryParam("cursor", cursor)
                                            .with(as(Town.BUREAU)))
                            .andExpect(status().isOk())
                            .andReturn()
                            .getResponse()
                            .getContentAsString();
            List<String> names = JsonPath.read(json, "$.items[*].name");
            seen.addAll(names);
            cursor = JsonPath.read(json, "$.next");
        } while (cursor != null);
        assertThat(seen).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void systemsSortByCode() throws Exception {
        String json =
                server.perform(
                                get("/api/v1/systems")
                                        .queryParam("sort", "-code")
                                        .queryParam("q", town.code("a").replace("-a", ""))
                                        .with(as(Town.BUREAU)))
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        List<String> codes = JsonPath.read(json, "$.items[*].code");
        assertThat(codes).contains(town.code("a")).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void regionsAndZonesFilter() throws Exception {
        server.perform(get("/api/v1/regions").with(as(town.staff("a"))))
                .andExpect(jsonPath("$.items[*].name", hasItem("江门市")));
        server.perform(
                        get("/api/v1/units")
                                .queryParam("region", "440700")
                                .queryParam("q", town.uscc("a"))
                                .with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.total").value(1));
        server.perform(get("/api/v1/systems").queryParam("zone", "internet").with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.total").value(0));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, /limit, OUT_OF_RANGE",
        "limit=201, /limit, OUT_OF_RANGE",
        "limit=many, /limit, NOT_READABLE",
        "sort=uscc;drop, /sort, BAD_SORT",
        "sort=funding, /sort, BAD_SORT",
        "cursor=made-up, /cursor, BAD_CURSOR",
        "cursor=YQ, /cursor, BAD_CURSOR",
        "region=Jiangmen, /region, NOT_READABLE"
    })
    void whatAListCannotAnswerIsRefusedByItsParameter(String query, String pointer, String code)
            throws Exception {
        var parameter = query.split("=", 2);
        server.perform(
                        get("/api/v1/units")
                                .queryParam(parameter[0], parameter[1])
                                .with(as(Town.BUREAU)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value(pointer))
                .andExpect(jsonPath("$.errors[0].code").value(code))
                .andExpect(jsonPath("$.errors[0].detail").isNotEmpty());
    }

    @Test
    void iAmWhoIAm() throws Exception {
        server.perform(get("/api/v1/me").with(as(town.owner("a"))))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.login").value(town.owner("a")))
                .andExpect(jsonPath("$.name").value("李四"))
                .andExpect(jsonPath("$.unit.name").value(town.name("a")))
                .andExpect(jsonPath("$.roles[0]").value("UNIT_OWNER"))
                .andExpect(jsonPath("$.permissions", hasItem("APPLICATION_ENDORSE")));
        server.perform(get("/api/v1/me").with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.unit").value((Object) null));
    }
}
