package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/**
 * Makes problems (RFC 9457). The code is stable; the texts are in the caller's language, from the
 * message files: {@code problem.CODE}, {@code problem.CODE.detail}, {@code fault.CODE}.
 */
@Component
class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String TYPES = "https://yuntai.io/problems/";

    private static final String CODE = Problems.class.getName();

    /** Of the faults the one that says that somebody may not, not that something is mistyped. */
    static final String NOT_ALLOWED = "MAY_NOT_DECIDE";

    private final MessageSource messages;

    Problems(MessageSource messages) {
        this.messages = messages;
    }

    /**
     * One thing wrong with a request.
     *
     * @param pointer a JSON pointer into the body, or a slash and the parameter's name
     */
    record Flaw(String pointer, String code, String detail) {}

    /** A problem without errors; more can be said by its {@code setProperty}. */
    ProblemDetail of(HttpStatus status, String code, HttpServletRequest request) {
        var problem = ProblemDetail.forStatus(status);
        Locale locale = locale();
        problem.setType(URI.create(TYPES + code));
        problem.setTitle(title(status, code, locale));
        problem.setDetail(messages.getMessage("problem." + code + ".detail", null, null, locale));
        problem.setInstance(URI.create(request.getRequestURI()));
        problem.setProperty("code", code);
        request.setAttribute(CODE, code);
        problem.setProperty("requestId", RequestIds.of(request));
        return problem;
    }

    /** How HTTP calls a refusal. */
    static HttpStatus status(Refused refused) {
        return switch (refused.category()) {
            case INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case CONFLICT -> HttpStatus.CONFLICT;
            case STALE -> HttpStatus.PRECONDITION_FAILED;
        };
    }

    /**
     * The code of the problem that a request was answered with, or {@link #NOT_ALLOWED} where a
     * fault of it has that; empty: with none.
     */
    static String code(HttpServletRequest request) {
        return request.getAttribute(CODE) instanceof String code ? code : "";
    }

    /** A problem that lists what is wrong. */
    ProblemDetail of(
            HttpStatus status, String code, List<Fault> faults, HttpServletRequest request) {
        var problem = of(status, code, request);
        faults.stream()
                .map(Fault::code)
                .filter(NOT_ALLOWED::equals)
                .findAny()
                .ifPresent(fault -> request.setAttribute(CODE, fault));
        if (!faults.isEmpty()) {
            problem.setProperty("errors", faults.stream().map(this::flaw).toList());
        }
        return problem;
    }

    /** The text of a fault, in the caller's language. */
    String text(String code, List<Object> arguments) {
        return find("fault." + code, arguments.toArray());
    }

    /**
     * What a code of ours says, in the caller's language; empty for a text that is no such code.
     */
    Optional<String> words(String code) {
        return Stream.of("problem.", "fault.")
                .map(kind -> messages.getMessage(kind + code, null, null, locale()))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private Flaw flaw(Fault fault) {
        return new Flaw(fault.pointer(), fault.code(), text(fault.code(), fault.arguments()));
    }

    private String title(HttpStatus status, String code, Locale locale) {
        String text = messages.getMessage("problem." + code, null, null, locale);
        return text != null ? text : find("status." + status.value());
    }

    /** A text that is missing is our fault, not the caller's: he gets a general one. */
    private String find(String key, Object... arguments) {
        String text = messages.getMessage(key, arguments, null, locale());
        if (text != null) {
            return text;
        }
        log.warn("there is no text for {}", key);
        return messages.getMessage("fault.INVALID", null, locale());
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
