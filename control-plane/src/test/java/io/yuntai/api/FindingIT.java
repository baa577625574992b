package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.onboarding.kubernetes.FoundNamespace;
import io.yuntai.onboarding.kubernetes.FoundNamespace.FoundDisk;
import io.yuntai.onboarding.kubernetes.FoundNamespace.FoundHost;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.namespace.Findings;
import io.yuntai.security.Accounts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServerTest
class FindingIT {

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private Findings findings;

    private Town town;

    @BeforeEach
    void aClusterWithWhatNobodyRegistered() throws Exception {
        town = Town.registered(server, accounts);
        findings.found(
                "north",
                List.of(
                        new FoundNamespace(
                                new NamespaceName("old-portal"),
                                "uid-1",
                                false,
                                List.of(new FoundHost("web-1", "uid-2", "", 4, 8L << 30)),
                                List.of()),
                        new FoundNamespace(
                                new NamespaceName("lost-extranet-o"),
                                "uid-3",
                                true,
                                List.of(
                                        new FoundHost(
                                                "lost-0001",
                                                "uid-4",
                                                UUID.randomUUID().toString(),
                                                2,
                                                4L << 30)),
                                List.of(new FoundDisk("lost-0001", "uid-6", "of-nobody"))),
                        new FoundNamespace(
                                new NamespaceName("kube-system"),
                                "uid-5",
                                false,
                                List.of(),
                                List.of())));
    }

    @Test
    void whatIsNotInTheRegisterIsListedByKind() throws Exception {
        server.perform(get("/api/v1/findings").with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total").value(5))
                .andExpect(jsonPath("$.items[1].disk").value("lost-0001"))
                .andExpect(
                        jsonPath(
                                "$.items[*].namespace",
                                contains(
                                        "lost-extranet-o",
                                        "lost-extranet-o",
                                        "lost-extranet-o",
                                        "old-portal",
                                        "old-portal")));
        server.perform(
                        get("/api/v1/findings")
                                .queryParam("kind", "UNMANAGED")
                                .queryParam("q", "web")
                                .with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].host").value("web-1"))
                .andExpect(jsonPath("$.items[0].vcpu").value(4));
        server.perform(get("/api/v1/findings").with(as(town.staff("a"))))
                .andExpect(status().isForbidden());
    }

    @Test
    void theReportIsAFileToo() throws Exception {
        var csv =
                server.perform(
                                get("/api/v1/findings/export")
                                        .queryParam("format", "csv")
                                        .header("Accept-Language", "en")
                                        .with(as(Town.OPERATOR)))
                        .andExpect(status().isOk())
                        .andExpect(
                                header().string(
                                                "Content-Disposition",
                                                Matchers.containsString(".csv")))
                        .andReturn()
                        .getResponse()
                        .getContentAsString(StandardCharsets.UTF_8);
        assertThat(csv.lines())
                .hasSize(5)
                .anyMatch(
                        line -> line.startsWith("Managed by nobody,north,old-portal,web-1,1,4,8,"));
        server.perform(
                        get("/api/v1/findings/export")
                                .queryParam("format", "pdf")
                                .with(as(Town.OPERATOR)))
                .andExpect(status().isUnprocessableContent());
    }
}
