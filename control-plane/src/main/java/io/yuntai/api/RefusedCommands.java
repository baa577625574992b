package io.yuntai.api;

import io.yuntai.audit.AuditAction;
import io.yuntai.audit.AuditLog;
import io.yuntai.onboarding.Audited;
import io.yuntai.security.Account;
import io.yuntai.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Leaves a row in the audit for each command that its caller was not allowed: by his permissions,
 * by a duty that he took before, because the thing is another tenant's, or because whom he has
 * named may not. What fails for other reasons is no attempt to do what one may not.
 */
@Configuration(proxyBeanMethods = false)
class RefusedCommands implements WebMvcConfigurer, HandlerInterceptor {

    private static final Set<HttpStatus> NOT_ALLOWED =
            Set.of(HttpStatus.FORBIDDEN, HttpStatus.NOT_FOUND);
    private static final int MAX_ID = 100;

    private final AuditLog audit;
    private final Clock clock;

    RefusedCommands(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** Before the gate, so that this hears of whom the gate turned away. */
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        var _ = registry.addInterceptor(this).order(Ordered.HIGHEST_PRECEDENCE);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request,
            HttpServletResponse response,
            Object handler,
            @Nullable Exception unanswered) {
        var status = Optional.ofNullable(HttpStatus.resolve(response.getStatus()));
        boolean names = Problems.code(request).equals(Problems.NOT_ALLOWED);
        if ((status.filter(RefusedCommands::isAttempt).isEmpty() && !names)
                || Boolean.parseBoolean(request.getParameter("validateOnly"))
                || !(handler instanceof HandlerMethod endpoint)) {
            return;
        }
        var action = endpoint.getMethodAnnotation(AuditAction.class);
        if (action != null) {
            Caller.known(request)
                    .ifPresent(account -> audit.refused(attempt(request, action, account)));
        }
    }

    private Audited attempt(HttpServletRequest request, AuditAction action, Account account) {
        return new Audited(
                clock.instant(),
                Optional.of(account.actor()),
                action.value(),
                action.target() + "/" + id(request),
                Audited.Outcome.FAILURE,
                Problems.code(request));
    }

    /** Whether somebody was not allowed, and has tried. */
    static boolean isAttempt(HttpStatus status) {
        return NOT_ALLOWED.contains(status);
    }

    /** What the caller wrote in the path, if it is no longer than an id. */
    private static String id(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        String id =
                variables instanceof Map<?, ?> path
                        ? path.values().stream().findFirst().map(Objects::toString).orElse("")
                        : "";
        return id.length() > MAX_ID ? id.substring(0, MAX_ID) : id;
    }
}
