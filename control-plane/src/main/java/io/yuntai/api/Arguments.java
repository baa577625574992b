package io.yuntai.api;

import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Arguments that every list and every command reads the same way. */
@Configuration(proxyBeanMethods = false)
class Arguments implements WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new Resolver<>(PageQuery.class, Arguments::pageQuery));
        resolvers.add(new Resolver<>(Version.class, Arguments::ifMatch));
    }

    private record Resolver<T>(Class<T> type, Function<NativeWebRequest, T> read)
            implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == type;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return read.apply(request);
        }
    }

    private static PageQuery pageQuery(NativeWebRequest request) {
        int limit = number(parameter(request, "limit")).orElse(PageQuery.DEFAULT_LIMIT);
        var cursor = parameter(request, "cursor").map(Cursor::of);
        var sort = parameter(request, "sort").map(Arguments::sort);
        String q = parameter(request, "q").orElse("");
        try {
            return new PageQuery(limit, cursor, sort, q);
        } catch (IllegalArgumentException e) {
            throw limit < 1 || limit > PageQuery.MAX_LIMIT
                    ? bad("/limit", "OUT_OF_RANGE", 1, PageQuery.MAX_LIMIT)
                    : bad("/q", "TOO_LONG");
        }
    }

    private static Version ifMatch(NativeWebRequest request) {
        String header = request.getHeader(HttpHeaders.IF_MATCH);
        if (header == null) {
            throw new PreconditionRequired();
        }
        try {
            return Version.of(header);
        } catch (IllegalArgumentException e) {
            // A tag that we never sent cannot be that of the current version.
            throw Refused.stale("STALE_VERSION");
        }
    }

    private static Optional<Integer> number(Optional<String> text) {
        try {
            return text.map(Integer::valueOf);
        } catch (NumberFormatException e) {
            throw bad("/limit", "NOT_READABLE");
        }
    }

    private static Sort sort(String text) {
        try {
            return Sort.of(text);
        } catch (IllegalArgumentException e) {
            throw bad("/sort", "BAD_SORT");
        }
    }

    private static Optional<String> parameter(NativeWebRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).filter(text -> !text.isEmpty());
    }

    private static Refused bad(String pointer, String code, Object... arguments) {
        return Refused.invalid("INVALID", List.of(Fault.at(pointer, code, arguments)));
    }
}
