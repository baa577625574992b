package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ServerTest
class TemplateIT {

    private static final String PATH = "/api/v1/templates";

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;

    private final String id = UUID.randomUUID().toString();
    private final String name = "网站 " + id;
    private Town town;

    @BeforeEach
    void register() throws Exception {
        town = Town.registered(server, accounts);
    }

    private MockHttpServletRequestBuilder template(String id, String name, String login) {
        return put(PATH + "/" + id)
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"name\": \"" + name + "\", \"content\": {\"termMonths\": 12}}")
                .with(as(login));
    }

    private ResultActions names(String login) throws Exception {
        return server.perform(get(PATH).with(as(login)));
    }

    @Test
    void ofTheBureauIsForEverybodyAndNobodysToChange() throws Exception {
        server.perform(template(id, name, Town.BUREAU))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.everybody").value(true))
                .andExpect(jsonPath("$.content.termMonths").value(12));
        names(town.staff("a")).andExpect(jsonPath("$.items[*].name", hasItem(name)));
        server.perform(get(PATH + "/" + id).with(as(town.staff("a"))))
                .andExpect(jsonPath("$.mine").value(false));
        server.perform(template(id, "另名", town.staff("a")).header("If-Match", "\"1\""))
                .andExpect(status().isNotFound());
        server.perform(delete(PATH + "/" + id).with(as(town.staff("a"))))
                .andExpect(status().isNotFound());
    }

    @Test
    void ofAUnitIsItsOwn() throws Exception {
        server.perform(template(id, name, town.staff("a"))).andExpect(status().isOk());
        server.perform(template(id, name, town.staff("a"))).andExpect(status().isOk());
        names(town.owner("a")).andExpect(jsonPath("$.items[*].name", hasItem(name)));
        names(town.staff("b")).andExpect(jsonPath("$.items[*].name", not(hasItem(name))));
        names(Town.BUREAU).andExpect(jsonPath("$.items[*].name", not(hasItem(name))));
        server.perform(get(PATH + "/" + id).with(as(town.staff("b"))))
                .andExpect(status().isNotFound());
        server.perform(template(UUID.randomUUID().toString(), name, town.owner("a")))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("NAME_TAKEN"));
        server.perform(template(UUID.randomUUID().toString(), name, town.staff("b")))
                .andExpect(status().isOk());
    }

    @Test
    void isChangedUponItsVersionAndThrownAway() throws Exception {
        server.perform(template(id, name, town.staff("a"))).andExpect(status().isOk());
        server.perform(template(id, "新名", town.owner("a")).header("If-Match", "\"1\""))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.version").value(2));
        server.perform(template(id, "旧名", town.staff("a")).header("If-Match", "\"1\""))
                .andExpect(status().isPreconditionFailed());
        server.perform(template(UUID.randomUUID().toString(), " ", town.staff("a")))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/name"));
        server.perform(delete(PATH + "/" + id).with(as(town.staff("a"))))
                .andExpect(status().isNoContent());
        server.perform(get(PATH + "/" + id).with(as(town.staff("a"))))
                .andExpect(status().isNotFound());
        server.perform(get("/api/v1/audit").queryParam("q", id).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[*].action", hasItem("template.save")))
                .andExpect(jsonPath("$.items[*].action", hasItem("template.discard")));
    }
}
