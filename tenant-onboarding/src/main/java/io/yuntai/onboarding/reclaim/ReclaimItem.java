package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.system.SystemId;
import java.time.Instant;
import java.util.Optional;

/**
 * One host of an order: what was said of it when it was proposed, what is planned, and what came of
 * that.
 *
 * @param position from 1 on
 * @param before what it was then
 * @param planned what shall be left; nothing of what is given back
 * @param size of the catalogue that is planned; empty: it is given back
 */
public record ReclaimItem(
        int position,
        String hostName,
        SystemId system,
        String systemName,
        Judgement judgement,
        Reclaim.Size before,
        Reclaim.Size planned,
        Optional<CatalogueRef> size,
        Answer answer,
        Progress progress) {

    /** What is to be done with a host. */
    public enum Action {
        /** To the recycle bin. */
        RECYCLE,
        /** Another size. */
        SHRINK
    }

    /** What its owner says of it. */
    public record Answer(Optional<Says> says, String note) {

        public static final Answer NONE = new Answer(Optional.empty(), "");

        public boolean isAppeal() {
            return says.filter(one -> one == Says.APPEALED).isPresent();
        }
    }

    /** The two things that he can say. */
    public enum Says {
        CONSENTED,
        APPEALED
    }

    /** How far it is. */
    public enum Outcome {
        PLANNED,
        /** It is ordered, and its cluster does not show it yet. */
        STARTED,
        DONE,
        FAILED,
        /** It was left as it is. */
        SKIPPED
    }

    /**
     * What came of it.
     *
     * @param reason why it has failed or was left: a {@link Reason}, or the code of a refusal
     * @param actual what the host is charged for since; only when it is done
     */
    public record Progress(
            Outcome outcome,
            Optional<String> reason,
            int attempts,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            Optional<Reclaim.Size> actual) {}

    public Action action() {
        return size.isEmpty() ? Action.RECYCLE : Action.SHRINK;
    }

    /** Whether something is still to come of it. */
    public boolean isOpen() {
        return switch (progress.outcome()) {
            case PLANNED, STARTED -> true;
            case DONE, FAILED, SKIPPED -> false;
        };
    }
}
