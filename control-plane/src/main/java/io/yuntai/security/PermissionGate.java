package io.yuntai.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Stands before every endpoint of ours: without a permission on it, nobody passes. A stream that
 * ends comes by once more, inside the server; it has passed before.
 */
@Component
class PermissionGate implements HandlerInterceptor {

    private final Caller caller;

    PermissionGate(Caller caller) {
        this.caller = caller;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.ASYNC
                || !(handler instanceof HandlerMethod endpoint)
                || !endpoint.getBeanType().getPackageName().startsWith("io.yuntai")
                || endpoint.hasMethodAnnotation(NoPermission.class)) {
            return true;
        }
        var requires = endpoint.getMethodAnnotation(Requires.class);
        if (requires == null) {
            throw new AccessDeniedException("no permission is stated on " + endpoint);
        }
        if (!caller.account(new ServletWebRequest(request)).may(requires.value())) {
            throw new AccessDeniedException(requires.value().name());
        }
        return true;
    }
}
