package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Accounts;
import io.yuntai.security.Role;
import java.util.List;
import java.util.UUID;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** Whom somebody may name: people of his own unit, or those of the platform and the bureau. */
@ServerTest
class ColleaguesIT {

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;

    private Town town;

    @BeforeEach
    void twoUnits() throws Exception {
        town = Town.registered(server, accounts);
    }

    private ResultActions asked(String login, String part) throws Exception {
        return server.perform(get("/api/v1/colleagues" + part).with(as(login)));
    }

    private void names(String login, String part, Matcher<? super List<String>> names)
            throws Exception {
        asked(login, "?part=" + part)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[*].name").value(names));
    }

    @Test
    void aUnitsPeopleNameTheirOwnAndNobodyElse() throws Exception {
        names(town.staff("a"), "UNIT_OWNER", contains("李四"));
        asked(town.staff("a"), "?part=UNIT_OWNER")
                .andExpect(jsonPath("$.items[0].id").value(idOf(town.owner("a"))));
        asked(town.staff("b"), "?part=UNIT_OWNER")
                .andExpect(jsonPath("$.items[*].id", contains(idOf(town.owner("b")))));
        names(town.owner("a"), "APPLICANT", hasItems("张三", "李四"));
        for (String part : new String[] {"REVIEWER", "EXPERT", "BUREAU", "OPERATOR"}) {
            names(town.owner("a"), part, empty());
        }
    }

    private String idOf(String login) {
        return jdbc.sql("select id from person where login = ?")
                .param(login)
                .query(String.class)
                .single();
    }

    @Test
    void thePlatformAndTheBureauNameEachOtherAndNobodyOfAUnit() throws Exception {
        // Of very many the first are named; these are.
        String platform = "000-" + UUID.randomUUID();
        String bureau = "000-" + UUID.randomUUID();
        registered(platform, Role.PLATFORM_OPERATOR);
        registered(bureau, Role.BUREAU);
        names(Town.OPERATOR, "REVIEWER", hasItem(platform));
        names(Town.OPERATOR, "BUREAU", hasItem(bureau));
        names(Town.BUREAU, "REVIEWER", not(hasItem(bureau)));
        names(Town.BUREAU, "REVIEWER", not(hasItem("李四")));
        names(Town.OPERATOR, "UNIT_OWNER", empty());
        names(Town.BUREAU, "APPLICANT", empty());
        names(Town.BUREAU, "CONTROL_PLANE", empty());
    }

    private void registered(String name, Role role) {
        accounts.register(new PersonId(UUID.randomUUID()), new Login("p" + name), name, role);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?part=", "?part=CLEANER"})
    void whatIsNoPartIsRefused(String part) throws Exception {
        asked(Town.OPERATOR, part)
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/part"));
    }

    @Test
    void whoeverDecidesNothingNamesNobody() throws Exception {
        asked(Persons.withoutARole(jdbc), "?part=REVIEWER").andExpect(status().isForbidden());
    }
}
