package io.yuntai.api;

import static io.yuntai.Town.as;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
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

@ServerTest
class AttachmentIT {

    private static final byte[] PDF = "%PDF-1.7 负载测算".getBytes(ISO_8859_1);

    private static final String ORDER =
            """
            {"system": "%s", "pool": "extranet-ordinary", "purpose": "开学",
             "termMonths": 12, "expectedLoad": "每日 3 万人次",
             "items": [{"kind": "HOSTS", "count": 1, "vcpu": 2,
                        "memoryGib": 4, "diskGib": 40,
                        "storageClass": "ssd"}]}
            """;

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;

    private final String id = UUID.randomUUID().toString();
    private final String path = "/api/v1/applications/" + id + "/attachments";
    private Town town;

    @BeforeEach
    void write() throws Exception {
        town = Town.registered(server, accounts);
        server.perform(
                        put("/api/v1/drafts/" + id)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"purpose\": \"开学\"}")
                                .with(as(town.staff("a"))))
                .andExpect(status().isOk());
    }

    private ResultActions attach(String file, String name, byte[] content) throws Exception {
        return server.perform(
                put(path + "/" + file)
                        .queryParam("name", name)
                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .content(content)
                        .with(as(town.staff("a"))));
    }

    private void submit() throws Exception {
        submitFor("a")
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.expectedLoad").value("每日 3 万人次"));
    }

    private ResultActions submitFor(String unit) throws Exception {
        return server.perform(
                put("/api/v1/applications/" + id)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(ORDER.formatted(town.system(server, unit)))
                        .with(as(town.staff(unit))));
    }

    private void isReturned() throws Exception {
        server.perform(
                        post("/api/v1/applications/" + id + "/returns")
                                .header("If-Match", "\"1\"")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"reason\": \"请补充\"}")
                                .with(as(town.owner("a"))))
                .andExpect(status().isOk());
    }

    private void writeAgain() throws Exception {
        server.perform(
                        put("/api/v1/drafts/" + id)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"purpose\": \"再写\"}")
                                .with(as(town.staff("a"))))
                .andExpect(status().isOk());
    }

    private void throwAway() throws Exception {
        server.perform(delete("/api/v1/drafts/" + id).with(as(town.staff("a"))))
                .andExpect(status().isNoContent());
    }

    private ResultActions files() throws Exception {
        return server.perform(get(path).with(as(town.staff("a")))).andExpect(status().isOk());
    }

    /** Nobody answers for what was changed in a draft that is no more. */
    @Test
    void areAsTheyWereHandedInOnceTheDraftIsThrownAway() throws Exception {
        String first = UUID.randomUUID().toString();
        attach(first, "一.pdf", PDF).andExpect(status().isOk());
        submit();
        isReturned();
        writeAgain();
        attach(UUID.randomUUID().toString(), "二.pdf", PDF).andExpect(status().isOk());
        server.perform(delete(path + "/" + first).with(as(town.staff("a"))))
                .andExpect(status().isNoContent());
        files().andExpect(jsonPath("$.items[*].name", contains("二.pdf")));
        throwAway();
        files().andExpect(jsonPath("$.items[*].name", contains("一.pdf")));

        writeAgain();
        server.perform(delete(path + "/" + first).with(as(town.staff("a"))))
                .andExpect(status().isNoContent());
        server.perform(
                        post("/api/v1/applications/" + id + "/submissions")
                                .header("If-Match", "\"2\"")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(ORDER.formatted(town.system(server, "a")))
                                .with(as(town.staff("a"))))
                .andExpect(status().isOk());
        // A revision was handed in without it, and it is kept of the one before.
        files().andExpect(jsonPath("$.items[*].name", contains("一.pdf")))
                .andExpect(jsonPath("$.items[0].leftOut").value(true));
        server.perform(get(path + "/" + first).with(as(Town.OPERATOR)))
                .andExpect(content().bytes(PDF));
    }

    @Test
    void aDraftIsNotHandedInByAnotherUnit() throws Exception {
        attach(UUID.randomUUID().toString(), "a.pdf", PDF).andExpect(status().isOk());
        submitFor("b").andExpect(jsonPath("$.code").value("ID_REUSED"));
        files().andExpect(jsonPath("$.items.length()").value(1));
        submit();
    }

    @Test
    void goesFromTheDraftToTheApplicationAndIsHandedOutToBeKept() throws Exception {
        String file = UUID.randomUUID().toString();
        attach(file, "负载测算.pdf", PDF)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.type").value("PDF"))
                .andExpect(jsonPath("$.size").value(PDF.length));
        attach(file, "负载测算.pdf", PDF).andExpect(status().isOk());
        attach(file, "别的.pdf", PDF).andExpect(jsonPath("$.code").value("ID_REUSED"));
        submit();
        server.perform(get(path).with(as(Town.OPERATOR)))
                .andExpect(jsonPath("$.items.length()").value(1))
                .andExpect(jsonPath("$.items[0].name").value("负载测算.pdf"))
                .andExpect(jsonPath("$.items[0].leftOut").value(false));
        server.perform(get(path + "/" + file).with(as(Town.BUREAU)))
                .andExpect(status().isOk())
                .andExpect(content().bytes(PDF))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andExpect(header().string("Content-Disposition", containsString("attachment;")));
        // What is being reviewed does not change any more.
        attach(UUID.randomUUID().toString(), "后补.pdf", PDF)
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("DRAFT_NOT_FOUND"));
        server.perform(delete(path + "/" + file).with(as(town.staff("a"))))
                .andExpect(status().isNotFound());
        server.perform(get("/api/v1/audit").queryParam("q", id).with(as(Town.BUREAU)))
                .andExpect(jsonPath("$.items[*].action", hasItem("application.attach")));
    }

    @Test
    void isOfTheTypeThatItsContentSays() throws Exception {
        attach(UUID.randomUUID().toString(), "a.pdf", "MZ program".getBytes(ISO_8859_1))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].code").value("WRONG_FILE_TYPE"));
        attach(UUID.randomUUID().toString(), "a.png", PDF)
                .andExpect(jsonPath("$.errors[0].code").value("WRONG_ENDING"));
        attach(UUID.randomUUID().toString(), "../\u202efdp.pdf", PDF)
                .andExpect(jsonPath("$.errors[0].pointer").value("/name"));
        attach(UUID.randomUUID().toString(), "a.pdf", new byte[(10 << 20) + 1])
                .andExpect(status().isContentTooLarge());
    }

    @Test
    void areTenAtMost() throws Exception {
        for (int i = 0; i < 10; i++) {
            attach(UUID.randomUUID().toString(), i + ".pdf", PDF).andExpect(status().isOk());
        }
        attach(UUID.randomUUID().toString(), "11.pdf", PDF)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("TOO_MANY_FILES"));
    }

    @Test
    void areNobodyElses() throws Exception {
        String file = UUID.randomUUID().toString();
        attach(file, "a.pdf", PDF).andExpect(status().isOk());
        for (String other : new String[] {town.staff("b"), Town.BUREAU}) {
            server.perform(get(path).with(as(other))).andExpect(status().isNotFound());
        }
        submit();
        server.perform(get(path + "/" + file).with(as(town.staff("b"))))
                .andExpect(status().isNotFound());
        server.perform(get(path + "/" + UUID.randomUUID()).with(as(town.staff("a"))))
                .andExpect(jsonPath("$.code").value("FILE_NOT_FOUND"));
    }
}
