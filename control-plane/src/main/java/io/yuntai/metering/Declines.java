package io.yuntai.metering;

import io.yuntai.billing.Declined;
import io.yuntai.billing.Person;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import java.util.List;
import java.util.function.Supplier;

/** Says in onboarding's words, which the border knows, what billing says in its own. */
final class Declines {

    private Declines() {}

    /**
     * Carries a command of billing out.
     *
     * @throws Refused with the code that billing declined it with
     */
    static <T> T asRefusals(Supplier<T> command) {
        try {
            return command.get();
        } catch (Declined declined) {
            throw refused(declined.code());
        }
    }

    static Person person(Actor actor) {
        return new Person(actor.person().value(), actor.name());
    }

    private static Refused refused(String code) {
        if (code.endsWith("_NOT_FOUND")) {
            return Refused.notFound(code);
        }
        return switch (code) {
            case "SAME_PERSON" -> Refused.forbidden(code);
            case "BAD_REASON" -> Refused.invalid(code, List.of(Fault.at("/reason", code)));
            case "POLICY_TOO_LATE", "PRICE_BOOK_TOO_LATE" ->
                    Refused.invalid(code, List.of(Fault.at("/effectiveFrom", code)));
            case "UNKNOWN_SOURCE" -> Refused.invalid(code, List.of(Fault.at("/source", code)));
            case "NOT_WHOLE_HOURS", "REREADING_TOO_LONG" ->
                    Refused.invalid(code, List.of(Fault.at("/to", code)));
            default -> Refused.conflict(code);
        };
    }
}
