package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.quota.Shortfall;
import io.yuntai.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.validation.BindException;
import org.springframework.validation.BindingResult;
import org.springframework.validation.ObjectError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

/** Every no that leaves the server, as a problem (RFC 9457). */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String INVALID = "INVALID";

    private final Problems problems;
    private final NodeNames names;

    ProblemAdvice(Problems problems, NodeNames names) {
        this.problems = problems;
        this.names = names;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(Refused refused, HttpServletRequest request) {
        var status = Problems.status(refused);
        var problem = problems.of(status, refused.code(), refused.faults(), request);
        if (!shortfalls(problem, refused.shortfalls(), request).isEmpty()) {
            problem.setProperty("wayOut", QuotaShort.WayOut.of(refused.shortfalls()));
        }
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> quotaShort(QuotaShort refused, HttpServletRequest request) {
        var problem = problems.of(HttpStatus.CONFLICT, "QUOTA_SHORT", request);
        var views = shortfalls(problem, refused.shortfalls(), request);
        problem.setProperty("wayOut", refused.wayOut());
        if (refused.asked() && views.stream().anyMatch(view -> view.idle().isSome())) {
            problem.setProperty("idleAsked", true);
            problem.setDetail(problems.text("IDLE_ASKED", List.of()));
        }
        return answer(problem);
    }

    /** Who asks decides who is named. */
    private List<NodeNames.ShortfallView> shortfalls(
            ProblemDetail problem, List<Shortfall> shortfalls, HttpServletRequest request) {
        if (shortfalls.isEmpty()) {
            return List.of();
        }
        var views =
                Caller.known(request)
                        .map(account -> names.of(account.actor(), shortfalls))
                        .orElse(List.of());
        if (!views.isEmpty()) {
            problem.setProperty("shortfalls", views);
        }
        return views;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unauthenticated(
            AuthenticationException refused, HttpServletRequest request) {
        return answer(problems.of(HttpStatus.UNAUTHORIZED, "UNAUTHENTICATED", request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> denied(
            AccessDeniedException refused, HttpServletRequest request) {
        String code = refused instanceof CsrfException ? "CSRF_TOKEN_MISSING" : "FORBIDDEN";
        return answer(problems.of(HttpStatus.FORBIDDEN, code, request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> preconditionRequired(
            PreconditionRequired refused, HttpServletRequest request) {
        return answer(
                problems.of(HttpStatus.PRECONDITION_REQUIRED, "PRECONDITION_REQUIRED", request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooLarge(ContentTooLarge refused, HttpServletRequest request) {
        var fault = Fault.at("", "CONTENT_TOO_LARGE", refused.limit() >> 20);
        return answer(
                problems.of(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "CONTENT_TOO_LARGE",
                        List.of(fault),
                        request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> faulty(ImportFaulty refused, HttpServletRequest request) {
        var locale = LocaleContextHolder.getLocale();
        var problem = problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "IMPORT_FAULTY", request);
        problem.setProperty(
                "faults",
                refused.faults().stream().map(fault -> ImportFaultView.of(fault, locale)).toList());
        problem.setProperty("faultCount", refused.count());
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(
            HttpMessageNotReadableException refused, HttpServletRequest request) {
        // A parser that is cut off in the middle reports it as its own.
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof ContentTooLarge tooLarge) {
                return tooLarge(tooLarge, request);
            }
        }
        var faults =
                refused.getCause() instanceof JacksonException e
                        ? Faults.of(e)
                        : java.util.Optional.<List<Fault>>empty();
        return faults.map(found -> invalid(found, request))
                .orElseGet(() -> answer(problems.of(HttpStatus.BAD_REQUEST, "MALFORMED", request)));
    }

    /** Also {@code MethodArgumentNotValidException}. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(BindException refused, HttpServletRequest request) {
        return invalid((BindingResult) refused, request);
    }

    private ResponseEntity<ProblemDetail> invalid(
            BindingResult result, HttpServletRequest request) {
        return invalid(result.getAllErrors().stream().map(Faults::of).toList(), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(
            HandlerMethodValidationException refused, HttpServletRequest request) {
        var faults =
                refused.getParameterValidationResults().stream()
                        .flatMap(result -> {
                            String name = result.getMethodParameter().getParameterName();
                            return result.getResolvableErrors().stream()
                                    .map(error ->
                                            error instanceof ObjectError bound
                                                    ? Faults.of(bound)
                                                    : Fault.at("/" + name, INVALID));
                        })
                        .toList();
        return invalid(faults, request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> mistyped(
            MethodArgumentTypeMismatchException refused, HttpServletRequest request) {
        return invalid(List.of(Fault.at("/" + refused.getName(), "NOT_READABLE")), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> missing(
            MissingServletRequestParameterException refused, HttpServletRequest request) {
        return invalid(List.of(Fault.at("/" + refused.getParameterName(), "NOT_NULL")), request);
    }

    private ResponseEntity<ProblemDetail> invalid(List<Fault> faults, HttpServletRequest request) {
        return answer(problems.of(HttpStatus.UNPROCESSABLE_CONTENT, INVALID, faults, request));
    }

    /** What the framework itself refuses (404, 405, 406, 413, 415), and everything unforeseen. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> other(Exception e, HttpServletRequest request) {
        if (e instanceof ErrorResponse known) {
            var status = HttpStatus.valueOf(known.getStatusCode().value());
            if (!status.is5xxServerError()) {
                return answer(problems.of(status, status.name(), request), known.getHeaders());
            }
        }
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return answer(problems.of(HttpStatus.INTERNAL_SERVER_ERROR, "INTERNAL", request));
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return answer(problem, new HttpHeaders());
    }

    private static ResponseEntity<ProblemDetail> answer(
            ProblemDetail problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.getStatus())
                .headers(headers)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Objects.requireNonNull(problem));
    }
}
