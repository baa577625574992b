package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The border of adoptions; what becomes of clusters is told by the onboarding's own tests. */
@ServerTest
class AdoptionIT {

    private static final String HEADER =
            "类别,集群,命名空间,云主机,云主机数,vCPU,内存（GiB）,发现日期,系统编码,单位统一社会信用代码,资源池\n";

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;

    private Town town;

    @BeforeEach
    void aTown() throws Exception {
        town = Town.registered(server, accounts);
    }

    @Test
    void faultsAreNamedByRowAndByTheColumnAsTheFileCallsIt() throws Exception {
        String file =
                HEADER
                        + "无人管理,nowhere,old-portal,,1,4,8,2026-11-26,no-such-system,,\n"
                        + "无人管理,nowhere,left-alone,,1,4,8,2026-11-26,,,\n"
                        + "无人管理,nowhere,Not A Name,,1,4,8,2026-11-26,=1+1,,\n";
        server.perform(adopt(UUID.randomUUID(), file).with(as(Town.OPERATOR)))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").value("IMPORT_FAULTY"))
                .andExpect(jsonPath("$.faults[*].row").value(4))
                .andExpect(jsonPath("$.faults[*].column").value("系统编码"))
                .andExpect(jsonPath("$.faults[*].code").value("FORMULA"));
        server.perform(
                        adopt(UUID.randomUUID(), file.replace("=1+1", "some-system"))
                                .with(as(Town.OPERATOR)))
                .andExpect(jsonPath("$.faults[*].code", containsInAnyOrder("NAMESPACE_UNKNOWN")));
        server.perform(
                        adopt(UUID.randomUUID(), HEADER.replace("集群", "机房") + "a,b,c\n")
                                .with(as(Town.OPERATOR)))
                .andExpect(
                        jsonPath(
                                "$.faults[*].code",
                                containsInAnyOrder("UNKNOWN_COLUMN", "MISSING_COLUMN")));
    }

    @Test
    void onlyWhoeverRunsThePlatformTakesOver() throws Exception {
        for (var other : new String[] {Town.BUREAU, town.staff("a")}) {
            server.perform(adopt(UUID.randomUUID(), HEADER).with(as(other)))
                    .andExpect(status().isForbidden());
        }
        server.perform(get("/api/v1/adoptions").with(as(town.staff("a"))))
                .andExpect(status().isForbidden());
        server.perform(get("/api/v1/adoptions").with(as(Town.OPERATOR)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total").value(0));
        server.perform(get("/api/v1/adoptions/{id}", UUID.randomUUID()).with(as(Town.OPERATOR)))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("ADOPTION_NOT_FOUND"));
    }

    private static MockHttpServletRequestBuilder adopt(UUID id, String file) {
        return put("/api/v1/adoptions/{id}", id)
                .queryParam("fileName", "未登记资源.csv")
                .queryParam("validateOnly", "true")
                .header("Accept-Language", "zh")
                .contentType("text/csv")
                .content(file.getBytes(StandardCharsets.UTF_8));
    }
}
