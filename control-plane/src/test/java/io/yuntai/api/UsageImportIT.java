package io.yuntai.api;

import static io.yuntai.Town.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
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
import io.yuntai.billing.metering.Place;
import io.yuntai.security.Accounts;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ServerTest
class UsageImportIT {

    private static final String HEADER = "集群,命名空间,云主机,时间,处理器（核）,内存（字节）,磁盘（字节）\n";

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;

    /** On a cluster that no Prometheus reads. */
    @BeforeEach
    void oneHost(@Autowired Allocations allocations) {
        Town.people(accounts);
        allocations.record(
                List.of(
                        new HostAllocation(
                                new MeteredHostId(new UUID(88, 1)),
                                "filed-1",
                                new Party(new PartyId(new UUID(88, 2)), "U88", "档案局", "440700"),
                                new MeteredSystem(
                                        new MeteredSystemId(new UUID(88, 3)), "s88", "档案"),
                                "extranet-ordinary",
                                new Capacity(4, 8L << 30, 0),
                                new Place("archive", "s88"),
                                Instant.parse("2021-01-01T00:00:00Z"))));
    }

    private static MockHttpServletRequestBuilder importing(UUID id, byte[] file) {
        return put("/api/v1/usage-imports/" + id)
                .queryParam("fileName", "十月用量.csv")
                .contentType(MediaType.valueOf("text/csv"))
                .content(file)
                .with(as(Town.OPERATOR));
    }

    private static byte[] csv(String... lines) {
        return (HEADER + String.join("\n", lines)).getBytes(UTF_8);
    }

    @Test
    void aFileIsTriedTakenInOnceAndListed() throws Exception {
        var id = UUID.randomUUID();
        byte[] file =
                csv(
                        "archive,s88,filed-1,2021-03-05 10:00,1.25,1073741824,",
                        "archive,s88,filed-1,2021/3/5 10:05,0.5,,",
                        "archive,s88,filed-1,2021-03-05T02:10:00Z,4.3,,",
                        "");
        server.perform(importing(id, file).queryParam("validateOnly", "true"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.samples").value(2))
                .andExpect(jsonPath("$.quarantined").value(1));
        server.perform(importing(id, file))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.from").value("2021-03-05T02:00:00Z"))
                .andExpect(jsonPath("$.to").value("2021-03-05T03:00:00Z"))
                .andExpect(jsonPath("$.hours").value(1))
                .andExpect(jsonPath("$.importedBy.name").value("王平台"));
        server.perform(importing(id, file))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.id").value(id.toString()));
        server.perform(importing(id, csv("archive,s88,filed-1,2021-03-05 10:00,1,,")))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("USAGE_IMPORT_EXISTS"));
        server.perform(get("/api/v1/usage-imports").with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].fileName").value("十月用量.csv"));
        server.perform(
                        get("/api/v1/audit")
                                .queryParam("q", "usage-import/" + id)
                                .with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[0].action").value("usage.import"))
                .andExpect(jsonPath("$.items[0].detail", containsString("2 samples")));
    }

    @Test
    void everyFaultIsListedByRowAndColumn() throws Exception {
        server.perform(
                        importing(
                                        UUID.randomUUID(),
                                        csv(
                                                "archive,s88,filed-1,昨天,1,,",
                                                "archive,s88,filed-1,2021-03-05 10:03,1,,",
                                                "archive,s88,filed-1,2021-03-05 10:05,-1,,",
                                                "archive,s88,filed-1,2021-03-05 10:05,1,1e999999999,",
                                                "archive,s88,filed-1,2021-03-05 10:05,1e99,,",
                                                "archive,,filed-1,2021-03-05 10:05,1,,",
                                                "archive,s88,filed-1,2021-03-05 10:05,=1+1,,"))
                                .header("Accept-Language", "en"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").value("IMPORT_FAULTY"))
                .andExpect(jsonPath("$.faultCount").value(7))
                .andExpect(jsonPath("$.faults[*].row", contains(2, 3, 4, 5, 6, 7, 8)))
                .andExpect(
                        jsonPath(
                                "$.faults[*].code",
                                contains(
                                        "NOT_A_TIME",
                                        "NOT_FIVE_MINUTES",
                                        "NEGATIVE",
                                        "NOT_A_NUMBER",
                                        "OVER_LIMIT",
                                        "MISSING",
                                        "NOT_A_NUMBER")))
                .andExpect(jsonPath("$.faults[0].column").value("Time"));
        server.perform(importing(UUID.randomUUID(), csv("archive,s88,无此主机,2021-03-05 10:05,1,,")))
                .andExpect(jsonPath("$.faults[*].code", contains("UNKNOWN_HOST")))
                .andExpect(jsonPath("$.faults[0].column").value("云主机"));
    }

    @Test
    void aFileThatIsNoneIsRefused() throws Exception {
        server.perform(importing(UUID.randomUUID(), "云主机\nfiled-1".getBytes(UTF_8)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.faults[0].code").value("MISSING_COLUMN"));
        server.perform(importing(UUID.randomUUID(), HEADER.getBytes(UTF_8)))
                .andExpect(jsonPath("$.faults[0].code").value("NOTHING_TO_IMPORT"));
        server.perform(importing(UUID.randomUUID(), new byte[] {0, 1, (byte) 0xff, 2}))
                .andExpect(jsonPath("$.faults[0].code").value("BAD_ENCODING"));
        server.perform(importing(UUID.randomUUID(), new byte[(20 << 20) + 1]))
                .andExpect(status().isContentTooLarge());
    }

    @Test
    void theTemplateIsReadAgainInEitherLanguageAndInOldChineseEncoding() throws Exception {
        server.perform(
                        get("/api/v1/usage-imports/template")
                                .header("Accept-Language", "zh")
                                .with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("云主机")));
        server.perform(
                        importing(
                                UUID.randomUUID(),
                                (HEADER + "archive,s88,filed-1,2021-03-06 10:05,1,,")
                                        .getBytes(Charset.forName("GB18030"))))
                .andExpect(status().isCreated());
        server.perform(
                        importing(
                                UUID.randomUUID(),
                                "Host;Cluster;Namespace;Time;Processors (vCPU)\nfiled-1;archive;s88;2021-03-07 10:05;1"
                                        .getBytes(UTF_8)))
                .andExpect(status().isCreated());
    }

    @Test
    void onlyWhoeverRunsThePlatformMay() throws Exception {
        for (var login : List.of(Town.BUREAU)) {
            server.perform(get("/api/v1/usage-imports").with(as(login)))
                    .andExpect(status().isForbidden());
        }
    }
}
