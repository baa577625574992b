package io.yuntai.billing;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How far long work has come, told while it goes on to whoever had it done and listens. Work that
 * nobody listens to tells nobody, and does the same.
 */
public final class Progress {

    private static final ScopedValue<Consumer<At>> LISTENER = ScopedValue.newInstance();

    private Progress() {}

    /** What is being done. */
    public enum Step {
        READ_HOURS,
        RANK_MONTH,
        FREEZE_FIGURES,
        FREEZE_INPUT,
        FREEZE_RECONCILIATION,
        FREEZE_SIGNATURE,
        READ_USE,
        JUDGE,
        KEEP_VERDICTS
    }

    /**
     * Where the work is.
     *
     * @param of what it is done to: a month, a source of use, a day
     * @param done how many steps are done, 0 to {@code all}
     */
    public record At(Step step, String of, int done, int all) {

        public At {
            if (done < 0 || done > all) {
                throw new IllegalArgumentException(done + " of " + all + " steps");
            }
        }
    }

    /** Does the work, and tells the listener in the same thread. */
    public static <T> T heardBy(Consumer<At> listener, Supplier<T> work) {
        return ScopedValue.where(LISTENER, listener).call(work::get);
    }

    /** Tells that a step begins. */
    public static void at(Step step, Object of, int done, int all) {
        if (LISTENER.isBound()) {
            LISTENER.get().accept(new At(step, of.toString(), done, all));
        }
    }
}
