package io.yuntai.security;

import io.yuntai.onboarding.unit.Login;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;

/** Finds out whose account a request comes from, once a request. */
@Component
public class Caller {

    private static final String ATTRIBUTE = Caller.class.getName();

    private final Accounts accounts;
    private final SecurityProperties properties;

    Caller(Accounts accounts, SecurityProperties properties) {
        this.accounts = accounts;
        this.properties = properties;
    }

    /**
     * The account of the caller.
     *
     * @throws AuthenticationCredentialsNotFoundException nobody is signed in
     * @throws AccessDeniedException whoever is signed in is not registered
     */
    Account account(RequestAttributes request) {
        if (request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST)
                instanceof Account known) {
            return known;
        }
        String login =
                login(SecurityContextHolder.getContext().getAuthentication())
                        .orElseThrow(() ->
                                new AuthenticationCredentialsNotFoundException(
                                        "nobody is signed in"));
        var account =
                Optional.of(login)
                        .filter(Login::isValid)
                        .flatMap(valid -> accounts.find(new Login(valid)))
                        .orElseThrow(() -> new AccessDeniedException("not registered here"));
        request.setAttribute(ATTRIBUTE, account, RequestAttributes.SCOPE_REQUEST);
        return account;
    }

    /** The account of a request's caller, if that was found out before; nothing is looked up. */
    public static Optional<Account> known(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Account account
                ? Optional.of(account)
                : Optional.empty();
    }

    private Optional<String> login(@Nullable Authentication authentication) {
        return switch (authentication) {
            case OAuth2AuthenticationToken session ->
                    Optional.ofNullable(
                            session.getPrincipal().getAttribute(properties.loginClaim()));
            case JwtAuthenticationToken bearer ->
                    Optional.ofNullable(
                            bearer.getToken().getClaimAsString(properties.loginClaim()));
            case null, default -> Optional.empty();
        };
    }
}
