package io.yuntai.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** The test's one cluster and its identity provider are down; its database is not. */
@ServerTest
class HealthIT {

    @Autowired private MockMvc server;

    @Test
    void tellsWhichPartIsDownAndNothingElse() throws Exception {
        String json =
                server.perform(get("/actuator/health"))
                        .andExpect(status().isServiceUnavailable())
                        .andExpect(jsonPath("$.status").value("DOWN"))
                        .andExpect(jsonPath("$.components.db.status").value("UP"))
                        .andExpect(jsonPath("$.components.clusters.status").value("DOWN"))
                        .andExpect(jsonPath("$.components.identityProvider.status").value("DOWN"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        assertThat(json).doesNotContain("details", "127.0.0.1", "north", "PostgreSQL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"liveness", "readiness"})
    void aServerWhoseNeighboursAreDownStaysInService(String probe) throws Exception {
        server.perform(get("/actuator/health/" + probe)).andExpect(status().isOk());
    }
}
