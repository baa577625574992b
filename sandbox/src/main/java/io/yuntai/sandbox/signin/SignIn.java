package io.yuntai.sandbox.signin;

import static org.springframework.web.servlet.function.RouterFunctions.route;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The authorization server and its sign-in page. Handed to the application by whoever starts the
 * try-out; not a component, so that nothing else ever finds it.
 */
public final class SignIn {

    static final String PAGE = "/sign-in";

    /** The console as it is served, and by the development server. */
    private static final List<Integer> DEVELOPMENT_PORTS = List.of(5173, 4173);

    /** The page has no script; its form leads through our own addresses only. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; "
                    + "base-uri 'none'; frame-ancestors 'none'";

    private static final String CLIENT = "yuntai-console";

    /** Both ends are in this process: it is made anew at each start. */
    private static final String SECRET = secret();

    private static String secret() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * The settings of the server's own end: where to send browsers, where to ask for tokens.
     *
     * @param port the try-out's own
     */
    public static Map<String, String> clientProperties(int port) {
        String registration = "spring.security.oauth2.client.registration.yuntai.";
        String provider = "spring.security.oauth2.client.provider.yuntai.";
        String server = "http://127.0.0.1:" + port;
        return Map.of(
                registration + "client-id",
                CLIENT,
                registration + "client-secret",
                SECRET,
                registration + "provider",
                "yuntai",
                // Without a host: the browser stays at the address that it came by.
                provider + "authorization-uri",
                "/oauth2/authorize",
                provider + "token-uri",
                server + "/oauth2/token",
                provider + "jwk-set-uri",
                server + "/oauth2/jwks",
                provider + "user-name-attribute",
                "sub");
    }

    @Bean
    @Order(1)
    SecurityFilterChain authorizationServer(HttpSecurity http) {
        return http.oauth2AuthorizationServer(
                        server -> {
                            var _ = http.securityMatcher(server.getEndpointsMatcher());
                            var _ = server.oidc(Customizer.withDefaults());
                        })
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(refused ->
                        refused.authenticationEntryPoint(
                                new LoginUrlAuthenticationEntryPoint(PAGE)))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain signInPage(HttpSecurity http) {
        return http.securityMatcher(PAGE)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .formLogin(form ->
                        form.loginPage(PAGE)
                                .loginProcessingUrl(PAGE)
                                // Whoever came here by himself goes on as if the console sent him.
                                .defaultSuccessUrl("/oauth2/authorization/yuntai")
                                .failureHandler((request, response, _) ->
                                        response.sendRedirect(SignInPage.failed(request))))
                .headers(headers ->
                        headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY)))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> signInRoute(MessageSource messages, SampleLogins logins) {
        var page = new SignInPage(messages, logins);
        return route().GET(
                        PAGE,
                        request ->
                                ServerResponse.ok()
                                        .contentType(
                                                new MediaType(
                                                        MediaType.TEXT_HTML,
                                                        StandardCharsets.UTF_8))
                                        .body(page.html(request)))
                .build();
    }

    @Bean
    RegisteredClientRepository clients(SampleLogins logins) {
        var client =
                RegisteredClient.withId(UUID.randomUUID().toString())
                        .clientId(CLIENT)
                        .clientSecret("{noop}" + SECRET)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .scope("openid")
                        .scope("profile");
        for (String host : List.of("127.0.0.1", "localhost")) {
            client = client.redirectUri(callback(host, logins.port()));
            for (int port : DEVELOPMENT_PORTS) {
                client = client.redirectUri(callback(host, port));
            }
        }
        return new InMemoryRegisteredClientRepository(client.build());
    }

    private static String callback(String host, int port) {
        return "http://" + host + ":" + port + "/login/oauth2/code/yuntai";
    }

    @Bean
    AuthorizationServerSettings settings(SampleLogins logins) {
        return AuthorizationServerSettings.builder().issuer(logins.issuer()).build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    UserDetailsService sampleUsers(SampleLogins logins) {
        var users = new InMemoryUserDetailsManager();
        logins.hashes()
                .forEach((login, hash) ->
                        users.createUser(
                                User.withUsername(login)
                                        .password("{bcrypt}" + hash)
                                        .authorities(List.of())
                                        .build()));
        return users;
    }
}
