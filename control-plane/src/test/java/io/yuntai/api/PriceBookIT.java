package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ServerTest
class PriceBookIT {

    private static final String PACKAGES =
            """
            [{"vcpu": 1, "memoryGib": 8, "yuanPerMonth": "259.6"}, {"vcpu": 8, "memoryGib": 16, "yuanPerMonth": "534.50"}]
            """;

    @Autowired private MockMvc server;

    @BeforeEach
    void people(@Autowired Accounts accounts) {
        Town.people(accounts);
    }

    private static MockHttpServletRequestBuilder proposing(
            String id, String login, String from, String packages) {
        return put("/api/v1/price-books/" + id)
                .contentType(MediaType.APPLICATION_JSON)
                .content(
                        """
                        {"effectiveFrom": "%s", "basis": "粤数〔2026〕3号", "packages": %s}
                        """
                                .formatted(from, packages))
                .with(as(login));
    }

    @Test
    void oneProposesAnotherApprovesAndUnitsRead() throws Exception {
        server.perform(proposing("book-1", Town.OPERATOR, "2999-01-01", PACKAGES))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("PROPOSED"))
                .andExpect(jsonPath("$.packages[0].yuanPerMonth").value("259.60"));
        server.perform(post("/api/v1/price-books/book-1/approval").with(as(Town.OPERATOR)))
                .andExpect(status().isForbidden());
        // Whoever approves it does not write it.
        server.perform(proposing("book-0", Town.BUREAU, "2998-01-01", PACKAGES))
                .andExpect(status().isForbidden());
        server.perform(post("/api/v1/price-books/book-1/approval").with(as(Town.BUREAU)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("APPROVED"))
                .andExpect(jsonPath("$.inForce").value(false))
                .andExpect(jsonPath("$.decidedBy.name").value("数据局"));
        server.perform(post("/api/v1/price-books/book-1/rejection").with(as(Town.BUREAU)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("PRICE_BOOK_DECIDED"));
        server.perform(get("/api/v1/price-books").with(as(Town.OPERATOR)))
                .andExpect(jsonPath("$.items[?(@.id == 'book-1')].state").value("APPROVED"));
        server.perform(
                        get("/api/v1/audit")
                                .queryParam("q", "price-book/book-1")
                                .with(as(Town.BUREAU)))
                .andExpect(
                        jsonPath(
                                "$.items[?(@.outcome == 'SUCCESS')].action",
                                containsInAnyOrder("priceBook.propose", "priceBook.approve")));
    }

    @Test
    void disksArePricedByTheirClassIfAtAll() throws Exception {
        var disks =
                """
                {"effectiveFrom": "2999-02-01", "basis": "粤数〔2026〕3号", "packages": %s, "disks": %s}
                """;
        server.perform(
                        put("/api/v1/price-books/book-3")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        disks.formatted(
                                                PACKAGES,
                                                """
                                                [{"storageClass": "ssd", "yuanPerGibMonth": "1.1"},
                                                 {"storageClass": "ssd", "yuanPerGibMonth": "1"},
                                                 {"storageClass": "S S D", "yuanPerGibMonth": "1"},
                                                 {"storageClass": "hdd"}]
                                                """))
                                .with(as(Town.OPERATOR)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(
                        jsonPath(
                                "$.errors[*].pointer",
                                containsInAnyOrder(
                                        "/disks/1", "/disks/2", "/disks/3/yuanPerGibMonth")));
        server.perform(
                        put("/api/v1/price-books/book-3")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        disks.formatted(
                                                PACKAGES,
                                                "[{\"storageClass\": \"ssd\", \"yuanPerGibMonth\": \"1.1\"}]"))
                                .with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.disks[0].storageClass").value("ssd"))
                .andExpect(jsonPath("$.disks[0].yuanPerGibMonth").value("1.10"));
        server.perform(get("/api/v1/price-books").with(as(Town.OPERATOR)))
                .andExpect(jsonPath("$.items[?(@.id == 'book-3')].disks.length()").value(1));
    }

    @Test
    void whatIsWrongIsNamedAndNothingIsKept() throws Exception {
        server.perform(
                        proposing(
                                "book-2",
                                Town.OPERATOR,
                                "2999-01-02",
                                """
                                [{"vcpu": 0, "memoryGib": 8, "yuanPerMonth": "1"},
                                 {"vcpu": 1, "memoryGib": 8, "yuanPerMonth": "1.001"},
                                 {"vcpu": 1, "memoryGib": 8, "yuanPerMonth": "1e-999999"},
                                 {"vcpu": 2, "memoryGib": 8, "yuanPerMonth": "-1"},
                                 {"vcpu": 3, "memoryGib": 8, "yuanPerMonth": "1"},
                                 {"vcpu": 3, "memoryGib": 8, "yuanPerMonth": "2"}]
                                """))
                .andExpect(status().isUnprocessableContent())
                .andExpect(
                        jsonPath(
                                "$.errors[*].pointer",
                                containsInAnyOrder(
                                        "/packages/0",
                                        "/packages/1/yuanPerMonth",
                                        "/packages/2/yuanPerMonth",
                                        "/packages/3/yuanPerMonth",
                                        "/packages/5")));
        server.perform(proposing("book-2", Town.OPERATOR, "2020-01-01", PACKAGES))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").value("PRICE_BOOK_TOO_LATE"));
        server.perform(proposing("book-2", Town.OPERATOR, "2999-01-02", "[]"))
                .andExpect(status().isUnprocessableContent());
        server.perform(
                        proposing("book-2", Town.OPERATOR, "2999-01-02", PACKAGES)
                                .queryParam("validateOnly", "true"))
                .andExpect(status().isOk());
        server.perform(get("/api/v1/price-books").with(as(Town.OPERATOR)))
                .andExpect(jsonPath("$.items[?(@.id == 'book-2')]").isEmpty());
    }
}
