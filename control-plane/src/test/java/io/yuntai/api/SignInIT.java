package io.yuntai.api;

import static io.yuntai.Town.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.oauth2Login;
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
import jakarta.servlet.http.Cookie;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

@ServerTest
class SignInIT {

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;

    @BeforeEach
    void people() {
        Town.people(accounts);
    }

    private static RequestPostProcessor session(String login) {
        return oauth2Login().attributes(attributes -> attributes.put("sub", login));
    }

    /** As the console gets it: with the first answer. */
    private Cookie token() throws Exception {
        return server.perform(get("/api/v1/environment"))
                .andReturn()
                .getResponse()
                .getCookie("XSRF-TOKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/me", "/api/v1/units", "/api/v1/audit", "/api/v1/no-such"})
    void nobodyGetsInWithoutSigningIn(String path) throws Exception {
        server.perform(get(path))
                .andExpect(status().isUnauthorized())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.code").value("UNAUTHENTICATED"));
    }

    @Test
    void whoIsNotRegisteredMayNothing() throws Exception {
        server.perform(get("/api/v1/me").with(as("stranger")))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("FORBIDDEN"));
        server.perform(get("/api/v1/me").with(as("Not A Login"))).andExpect(status().isForbidden());
    }

    @Test
    void aSessionWorksLikeAToken() throws Exception {
        server.perform(get("/api/v1/me").with(session(Town.BUREAU)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.login").value(Town.BUREAU));
    }

    @Test
    void aSessionChangesNothingWithoutTheTokenOfItsPage() throws Exception {
        var without =
                put("/api/v1/applications/0199cccc-0000-7000-8000-000000000001")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}")
                        .with(session(Town.BUREAU));
        server.perform(without)
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("CSRF_TOKEN_MISSING"));
        var token = token();
        server.perform(without.cookie(token).header("X-XSRF-TOKEN", token.getValue()))
                .andExpect(jsonPath("$.code").value("FORBIDDEN"));
    }

    @Test
    void signingOutEndsTheSession() throws Exception {
        var token = token();
        server.perform(
                        post("/logout")
                                .cookie(token)
                                .header("X-XSRF-TOKEN", token.getValue())
                                .with(session(Town.BUREAU)))
                .andExpect(status().isNoContent());
    }

    @Test
    void anAddressOfTheApiThatIsNotThereIsAProblem() throws Exception {
        server.perform(get("/api/v1/no-such").with(as(Town.BUREAU)))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("NOT_FOUND"))
                .andExpect(jsonPath("$.instance").value("/api/v1/no-such"));
        server.perform(post("/api/v1/units").with(as(Town.BUREAU)))
                .andExpect(status().isMethodNotAllowed())
                .andExpect(header().string("Allow", "GET"))
                .andExpect(jsonPath("$.code").value("METHOD_NOT_ALLOWED"));
    }

    @Test
    void theRequestsIdIsTheCallersIfItIsASaneOne() throws Exception {
        server.perform(get("/api/v1/me").header("X-Request-Id", "trace-12345678"))
                .andExpect(header().string("X-Request-Id", "trace-12345678"))
                .andExpect(jsonPath("$.requestId").value("trace-12345678"));
        server.perform(get("/api/v1/me").header("X-Request-Id", "<script>alert(1)</script>"))
                .andExpect(
                        header().string(
                                        "X-Request-Id",
                                        Matchers.not(Matchers.containsString("<"))));
    }

    @Test
    void onlyHealthOfTheActuatorIsThere() throws Exception {
        server.perform(get("/actuator/env")).andExpect(status().is4xxClientError());
        server.perform(get("/actuator/beans").with(as(Town.BUREAU)))
                .andExpect(status().isForbidden());
    }
}
