package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItems;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServerTest
class JobIT {

    @Autowired private MockMvc server;

    @BeforeEach
    void people(@Autowired Accounts accounts) {
        Town.people(accounts);
    }

    @Test
    void aJobThatIsAskedForRunsAndWhatCameOfItIsTold() throws Exception {
        server.perform(
                        post("/api/v1/jobs/terms/runs")
                                .queryParam("validateOnly", "true")
                                .with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.cron").isNotEmpty());
        server.perform(post("/api/v1/jobs/terms/runs").with(as(Town.OPERATOR)))
                .andExpect(status().isAccepted());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        server.perform(get("/api/v1/jobs").with(as(Town.BUREAU)))
                                .andExpect(status().isOk())
                                .andExpect(
                                        jsonPath("$.items[?(@.name == 'terms')].last.failed")
                                                .value(false)));
        server.perform(get("/api/v1/audit").queryParam("q", "job/terms").with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[0].action").value("job.run"));
    }

    @Test
    void allOfThemAreListedWithTheirSchedule() throws Exception {
        server.perform(get("/api/v1/jobs").with(as(Town.OPERATOR)))
                .andExpect(
                        jsonPath(
                                "$.items[*].name",
                                hasItems("sweep", "metering", "ranking", "freeze", "verdicts")))
                .andExpect(jsonPath("$.items[?(@.name == 'metering')].cron").isNotEmpty());
    }

    @Test
    void whoeverMayNotIsRefusedAndWhatIsNotThereIsNotFound() throws Exception {
        server.perform(post("/api/v1/jobs/terms/runs").with(as(Town.BUREAU)))
                .andExpect(status().isForbidden());
        server.perform(post("/api/v1/jobs/nothing/runs").with(as(Town.OPERATOR)))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("JOB_NOT_FOUND"));
    }
}
