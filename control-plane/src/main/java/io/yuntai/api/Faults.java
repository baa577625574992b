package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import jakarta.validation.ConstraintViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Reads what is wrong with a request out of what the framework throws. */
final class Faults {

    private Faults() {}

    /** What a JSON parser or a record's constructor refused; empty: it is no JSON at all. */
    static Optional<List<Fault>> of(JacksonException e) {
        String pointer = pointer(e.getPath());
        if (cause(e) instanceof Refused refused) {
            return Optional.of(under(pointer, refused.faults()));
        }
        if (e instanceof tools.jackson.core.exc.StreamReadException) {
            return Optional.empty();
        }
        String code =
                e instanceof UnrecognizedPropertyException ? "UNKNOWN_MEMBER" : "NOT_READABLE";
        return Optional.of(List.of(Fault.at(pointer, code)));
    }

    /** What bean validation refused. */
    static Fault of(ObjectError error) {
        String pointer = error instanceof FieldError field ? pointer(field.getField()) : "";
        return Fault.at(pointer, code(error.getCode()), limits(error));
    }

    /** {@code items[0].diskGib} as a JSON pointer. */
    static String pointer(String path) {
        var pointer = new StringBuilder();
        for (String step : path.split("[.\\[\\]]+", -1)) {
            if (!step.isEmpty()) {
                append(pointer, step);
            }
        }
        return pointer.toString();
    }

    /** {@code NotBlank} as {@code NOT_BLANK}. */
    private static String code(@org.jspecify.annotations.Nullable String constraint) {
        return constraint == null
                ? "INVALID"
                : constraint.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    /** The bounds that the constraint states, for its text. */
    private static Object[] limits(ObjectError error) {
        if (!error.contains(ConstraintViolation.class)) {
            return new Object[0];
        }
        var stated =
                error.unwrap(ConstraintViolation.class).getConstraintDescriptor().getAttributes();
        var limits = new ArrayList<>();
        for (String name : List.of("min", "value", "max")) {
            if (stated.get(name) instanceof Number limit) {
                limits.add(limit);
            }
        }
        return limits.toArray();
    }

    private static List<Fault> under(String pointer, List<Fault> faults) {
        return faults.stream()
                .map(fault -> new Fault(pointer + fault.pointer(), fault.code(), fault.arguments()))
                .toList();
    }

    private static String pointer(List<JacksonException.Reference> path) {
        var pointer = new StringBuilder();
        for (var step : path) {
            String name = step.getPropertyName();
            append(pointer, name != null ? name : Integer.toString(step.getIndex()));
        }
        return pointer.toString();
    }

    private static void append(StringBuilder pointer, String step) {
        pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
    }

    private static Throwable cause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
