package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Refused;
import io.yuntai.quota.Decision;

/** What became of one command among others. */
sealed interface Outcome {

    /** Decided, now or when the same command came first. */
    record Decided(Decision decision) implements Outcome {}

    /** It cannot be asked so; nothing was written. */
    record Broken(RuntimeException why) implements Outcome {}

    static Outcome refused(String code) {
        return new Broken(Refused.conflict(code));
    }

    default boolean isGranted() {
        return this instanceof Decided(Decision.Granted _);
    }

    /** The decision, or what stood against asking for one. */
    default Decision get() {
        return switch (this) {
            case Decided(var decision) -> decision;
            case Broken(var why) -> throw why;
        };
    }
}
