package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.CommandKey;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingRequestWrapper;
import org.springframework.web.util.WebUtils;

/**
 * {@code Idempotency-Key}: a UUID that its caller makes for a command and sends with it each time.
 * What is the same command is told by method, path and body; the version in {@code If-Match} is
 * none of it, for whoever has lost an answer may have read another since.
 */
@Component
class RepeatedCommands extends OncePerRequestFilter {

    static final String HEADER = "Idempotency-Key";

    private static final int LARGEST = 1 << 20;

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HEADER) == null;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new ContentCachingRequestWrapper(request, LARGEST), response);
    }

    /**
     * A command with its key.
     *
     * @param content equal for the same command, and for nothing else
     */
    record Sent(CommandKey key, String content) {}

    /**
     * What is being answered, once its body was read; empty: it has no key.
     *
     * @throws Refused INVALID with a fault at {@code /Idempotency-Key}
     */
    static Optional<Sent> current() {
        // Not the one that Spring injects: that is a proxy, in which the wrapper is not found.
        return RequestContextHolder.currentRequestAttributes()
                        instanceof ServletRequestAttributes attributes
                ? key(attributes.getRequest())
                        .map(key -> new Sent(key, content(attributes.getRequest())))
                : Optional.empty();
    }

    private static Optional<CommandKey> key(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HEADER))
                .map(text -> {
                    try {
                        return new CommandKey(UUID.fromString(text.strip()));
                    } catch (IllegalArgumentException _) {
                        throw Refused.invalid(
                                "INVALID", List.of(Fault.at("/" + HEADER, "NOT_READABLE")));
                    }
                });
    }

    private static String content(HttpServletRequest request) {
        var cached = WebUtils.getNativeRequest(request, ContentCachingRequestWrapper.class);
        byte[] body = cached == null ? new byte[0] : cached.getContentAsByteArray();
        byte[] path = request.getRequestURI().getBytes(StandardCharsets.UTF_8);
        return request.getMethod() + " " + Digests.sha256(path) + " " + Digests.sha256(body);
    }
}
