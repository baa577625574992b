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
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

@ServerTest
class FindingIT {

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private Findings findings;
    @Autowired private JdbcClient jdbc;

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

    /** The database is not of this test alone. */
    @AfterEach
    void withoutTheMany() {
        var _ = jdbc.sql("delete from finding where namespace = 'many'").update();
    }

    @Test
    void theFileHoldsAllHoweverManyThereAre() throws Exception {
        jdbc.sql(
                        """
                        insert into finding (cluster, uid, kind, namespace, host, disk, hosts, vcpu,
                                             memory_bytes, since)
                        select 'north', 'many-' || n, 'UNMANAGED', 'many', 'web-' || n, '', 1, 1, 0, now()
                        from generate_series(1, 60000) n
                        """)
                .update();
        var csv =
                server.perform(
                                get("/api/v1/findings/export")
                                        .queryParam("format", "csv")
                                        .queryParam("q", "many")
                                        .with(as(Town.OPERATOR)))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString(StandardCharsets.UTF_8);
        assertThat(csv.lines().skip(1).map(line -> line.split(",")[3]))
                .hasSize(60_000)
                .doesNotHaveDuplicates();
        var xlsx =
                server.perform(
                                get("/api/v1/findings/export")
                                        .queryParam("q", "many")
                                        .with(as(Town.OPERATOR)))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsByteArray();
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(xlsx));
                var rows = workbook.getFirstSheet().openStream()) {
            assertThat(rows.count()).isEqualTo(60_001);
        }
    }
}
