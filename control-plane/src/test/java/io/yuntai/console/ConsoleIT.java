package io.yuntai.console;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.forwardedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;

@ServerTest
class ConsoleIT {

    @Autowired private MockMvc server;

    @Test
    void theRootIsTheConsole() throws Exception {
        server.perform(get("/")).andExpect(forwardedUrl("/index.html"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/index.html",
                "/applications",
                "/applications/0199cccc-0000-7000-8000-000000000001",
                "/no/such/page"
            })
    void aPageOfTheConsoleIsItsOneHtmlPageAndNeverKept(String page) throws Exception {
        server.perform(get(page))
                .andExpect(status().isOk())
                .andExpect(content().contentTypeCompatibleWith(MediaType.TEXT_HTML))
                .andExpect(content().string(containsString("the console")))
                .andExpect(header().string("Cache-Control", containsString("no-cache")));
    }

    @Test
    void aFileNamedAfterItsContentIsKept() throws Exception {
        server.perform(get("/assets/test-C0ffee00.js"))
                .andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", containsString("immutable")))
                .andExpect(header().string("Cache-Control", not(containsString("no-cache"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/gone-00000000.js", "/favicon.ico", "/login", "/oauth2/x"})
    void whatIsNoPageIsNotFound(String path) throws Exception {
        server.perform(get(path))
                .andExpect(status().isNotFound())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.code").value("NOT_FOUND"));
    }

    @Test
    void theEnvironmentIsOpenAndSaysWhatIsReal() throws Exception {
        server.perform(get("/api/v1/environment"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.mode").value("PRODUCTION"))
                .andExpect(jsonPath("$.version").isNotEmpty())
                .andExpect(jsonPath("$.clusters").isArray())
                .andExpect(jsonPath("$.preparing").value((Object) null));
    }
}
