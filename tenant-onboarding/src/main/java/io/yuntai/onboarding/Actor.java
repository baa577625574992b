package io.yuntai.onboarding;

import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.util.Optional;

/**
 * Who does something, and whose things he may see.
 *
 * @param person who
 * @param name as others read it
 * @param scope what is visible; everything outside it does not exist for this actor
 */
public record Actor(PersonId person, String name, Scope scope) {

    /** What an actor may see. */
    public sealed interface Scope {

        /** Every unit: the platform and the bureau. */
        record All() implements Scope {}

        /** One unit and nothing else. */
        record OneUnit(UnitId unit) implements Scope {}
    }

    public boolean sees(UnitId unit) {
        return switch (scope) {
            case Scope.All() -> true;
            case Scope.OneUnit(var own) -> own.equals(unit);
        };
    }

    /** The unit that this actor is confined to, if any; for SQL that filters by it. */
    public Optional<UnitId> confinedTo() {
        return switch (scope) {
            case Scope.All() -> Optional.empty();
            case Scope.OneUnit(var own) -> Optional.of(own);
        };
    }
}
