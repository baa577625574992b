package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
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
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** A cluster of its own, which is entered and never connected again. */
@ServerTest
class ClusterIT {

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private JdbcClient jdbc;

    private final String name = "lost-" + UUID.randomUUID().toString().substring(0, 8);
    private Town town;

    @BeforeEach
    void aClusterThatWasConnectedOnce() throws Exception {
        town = Town.registered(server, accounts);
        jdbc.sql(
                        """
                        insert into cluster (name, simulated, created_at, state, state_since)
                        values (?, false, '2026-09-01T00:00:00Z', 'ACTIVE', '2026-09-01T00:00:00Z')
                        """)
                .param(name)
                .update();
    }

    private ResultActions say(String what, String login, String id, String reason)
            throws Exception {
        return server.perform(
                put("/api/v1/clusters/" + name + "/" + what + "/" + id)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"reason\": \"" + reason + "\"}")
                        .with(as(login)));
    }

    private ResultActions say(String what, String login) throws Exception {
        return say(what, login, UUID.randomUUID().toString(), "机房失火");
    }

    @Test
    void everyClusterIsListedWithWhatIsCommittedThere() throws Exception {
        server.perform(get("/api/v1/clusters").with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[*].name", hasItem("north")))
                .andExpect(jsonPath("$.items[*].name", hasItem(name)));
        server.perform(get("/api/v1/clusters/north").with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.connected").value(true))
                .andExpect(jsonPath("$.reachable").value(false))
                .andExpect(jsonPath("$.state").value("ACTIVE"))
                .andExpect(jsonPath("$.pools", contains("extranet-domestic", "extranet-ordinary")));
        server.perform(get("/api/v1/clusters/" + name).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.connected").value(false))
                .andExpect(jsonPath("$.leases").value(0));
    }

    @Test
    void isFencedByOneWrittenOffByAnotherAndReadmitted() throws Exception {
        say("fences", Town.OPERATOR)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("FENCED"))
                .andExpect(jsonPath("$.lastCommand.reason").value("机房失火"))
                .andExpect(jsonPath("$.lastCommand.by.name").value("王平台"));
        say("write-offs", Town.BUREAU)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("WRITTEN_OFF"));
        say("readmissions", Town.OPERATOR)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("READMITTING"));
        server.perform(get("/api/v1/audit").queryParam("q", name).with(as(Town.BUREAU)))
                .andExpect(
                        jsonPath(
                                "$.items[*].action",
                                contains("cluster.readmit", "cluster.writeOff", "cluster.fence")));
    }

    @Test
    void whoeverFencedItCannotWriteItOff() throws Exception {
        say("fences", Town.BUREAU).andExpect(status().isOk());
        say("write-offs", Town.BUREAU)
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("SEPARATION_OF_DUTIES"));
        server.perform(get("/api/v1/clusters/" + name).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.state").value("FENCED"));
    }

    @Test
    void theDatabaseRefusesOnePersonForBothHoweverItIsTried() {
        assertThatThrownBy(() ->
                        jdbc.sql(
                                        """
                                        insert into cluster_command
                                            (id, cluster, command, reason, person, fenced_by, at)
                                        select ?, ?, 'WRITE_OFF', 'x', id, id, '2026-09-01T00:00:00Z'
                                        from person limit 1
                                        """)
                                .params(UUID.randomUUID(), name)
                                .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void whatIsNotFencedCannotBeWrittenOffAndWhatIsActiveNotReadmitted() throws Exception {
        say("write-offs", Town.BUREAU)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("ILLEGAL_TRANSITION"));
        say("readmissions", Town.OPERATOR)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("ILLEGAL_TRANSITION"));
    }

    @Test
    void aFenceIsTakenOffAgain() throws Exception {
        say("fences", Town.OPERATOR).andExpect(status().isOk());
        say("readmissions", Town.OPERATOR)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("ACTIVE"));
    }

    @Test
    void theSameIdIsTheSameCommandAndWithOtherContentIsRefused() throws Exception {
        String id = UUID.randomUUID().toString();
        say("fences", Town.OPERATOR, id, "机房失火").andExpect(status().isOk());
        say("fences", Town.OPERATOR, id, "机房失火")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("FENCED"));
        say("fences", Town.OPERATOR, id, "另一原因")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("ID_REUSED"));
    }

    @Test
    void validatingAnswersTheSameAndLeavesNothing() throws Exception {
        server.perform(
                        put("/api/v1/clusters/" + name + "/fences/" + UUID.randomUUID())
                                .queryParam("validateOnly", "true")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"reason\": \"试\"}")
                                .with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("FENCED"));
        server.perform(get("/api/v1/clusters/" + name).with(as(Town.OPERATOR)))
                .andExpect(jsonPath("$.state").value("ACTIVE"))
                .andExpect(jsonPath("$.lastCommand").doesNotExist());
    }

    @Test
    void aReasonIsGivenAndABoundedOne() throws Exception {
        for (String reason : new String[] {"", "x".repeat(1001)}) {
            say("fences", Town.OPERATOR, UUID.randomUUID().toString(), reason)
                    .andExpect(status().isUnprocessableContent())
                    .andExpect(jsonPath("$.errors[0].pointer").value("/reason"));
        }
    }

    @Test
    void noUnitMaySeeOrSayAnything() throws Exception {
        server.perform(get("/api/v1/clusters").with(as(town.staff("a"))))
                .andExpect(status().isForbidden());
        say("fences", town.owner("a")).andExpect(status().isForbidden());
        say("write-offs", Town.OPERATOR).andExpect(status().isForbidden());
        say("readmissions", Town.BUREAU).andExpect(status().isForbidden());
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        server.perform(get("/api/v1/clusters/nowhere").with(as(Town.BUREAU)))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("CLUSTER_NOT_FOUND"));
    }
}
