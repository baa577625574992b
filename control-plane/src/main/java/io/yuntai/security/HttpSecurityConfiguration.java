package io.yuntai.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Two ways in: a session that began at the identity provider, for the console, and a bearer token,
 * for programs. What the filters refuse is answered by the same problems as everything else.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecurityProperties.class)
class HttpSecurityConfiguration {

    /** Ant Design writes its styles into the page; scripts come from our own files only. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
                    + "object-src 'none'; base-uri 'self'; form-action 'self'; "
                    + "frame-ancestors 'none'";

    @Bean
    SecurityFilterChain api(
            HttpSecurity http,
            SecurityProperties properties,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return http.authorizeHttpRequests(requests ->
                        // What comes by once more inside the server has passed before.
                        requests.dispatcherTypeMatchers(DispatcherType.ASYNC)
                                .permitAll()
                                .requestMatchers(HttpMethod.GET, "/api/v1/environment")
                                .permitAll()
                                .requestMatchers("/api/**")
                                .authenticated()
                                .requestMatchers("/actuator/health/**")
                                .permitAll()
                                .requestMatchers("/actuator/**")
                                .denyAll()
                                .requestMatchers(HttpMethod.GET, "/**")
                                .permitAll()
                                .anyRequest()
                                .denyAll())
                .csrf(CsrfConfigurer::spa)
                .oauth2Login(login -> login.defaultSuccessUrl("/", true))
                .oauth2ResourceServer(server ->
                        server.jwt(_ -> {})
                                .authenticationEntryPoint((request, response, e) ->
                                        answer(problems, request, response, e)))
                .logout(logout ->
                        logout.logoutSuccessHandler(
                                (_, response, _) -> signedOut(response, properties)))
                .exceptionHandling(refused ->
                        refused.authenticationEntryPoint((request, response, e) ->
                                        answer(problems, request, response, e))
                                .accessDeniedHandler((request, response, e) ->
                                        answer(problems, request, response, e)))
                .headers(headers ->
                        headers.contentSecurityPolicy(
                                        policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                                .referrerPolicy(
                                        policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
                .requestCache(cache -> cache.disable())
                .build();
    }

    private static void answer(
            HandlerExceptionResolver problems,
            HttpServletRequest request,
            HttpServletResponse response,
            RuntimeException refused) {
        var answered = problems.resolveException(request, response, null, refused);
        if (answered == null) {
            throw refused;
        }
    }

    /** The console follows the address by itself: a script cannot follow it to another origin. */
    private static void signedOut(HttpServletResponse response, SecurityProperties properties) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        properties
                .endSessionUri()
                .ifPresent(uri -> response.setHeader(HttpHeaders.LOCATION, uri.toString()));
    }
}
