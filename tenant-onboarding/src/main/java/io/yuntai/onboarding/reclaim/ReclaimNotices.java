package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Edge;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Part;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Whom an order's steps and deadlines concern, and what they are told of it. */
@Component
class ReclaimNotices {

    private final ApplicationEventPublisher events;
    private final Clock clock;

    ReclaimNotices(ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** Tells whoever has to act next, and the owner what was decided. */
    void stepped(Reclaim reclaim, Edge edge) {
        if (edge.from() == edge.to()) {
            return;
        }
        switch (reclaim.state()) {
            case PROPOSED, EXECUTING -> {}
            case NOTICED -> tell(reclaim, Notice.Kind.RECLAIM_NOTICED, Part.UNIT_OWNER);
            case CONSENTED, APPEALED -> tell(reclaim, Notice.Kind.RECLAIM_WAITING, Part.BUREAU);
            case EXTENDED, UPHELD -> tell(reclaim, Notice.Kind.RECLAIM_DECIDED, Part.UNIT_OWNER);
            case BUREAU_APPROVED, PARTIAL ->
                    tell(reclaim, Notice.Kind.RECLAIM_WAITING, Part.EXECUTOR);
            case DONE -> tell(reclaim, Notice.Kind.RECLAIM_ENDED, Part.UNIT_OWNER);
            case CANCELLED -> {
                // Of one that was withdrawn before, its owner has never heard.
                if (reclaim.noticedAt().isPresent()) {
                    tell(reclaim, Notice.Kind.RECLAIM_ENDED, Part.UNIT_OWNER);
                }
            }
        }
    }

    /**
     * Its owner has not answered.
     *
     * @param silence after how long he is reminded
     */
    void remind(Reclaim reclaim, Duration silence) {
        tell(
                reclaim,
                Notice.Kind.RECLAIM_REMINDER,
                Part.UNIT_OWNER,
                List.of(Long.toString(silence.toHours())));
    }

    /** Its owner has still not answered. */
    void escalate(Reclaim reclaim) {
        tell(reclaim, Notice.Kind.RECLAIM_ESCALATED, Part.BUREAU);
    }

    /** Tells all who may act in a part, once for this version of the order. */
    private void tell(Reclaim reclaim, Notice.Kind kind, Part part) {
        tell(reclaim, kind, part, List.of());
    }

    private void tell(Reclaim reclaim, Notice.Kind kind, Part part, List<String> more) {
        var parameters = new ArrayList<String>();
        parameters.add(reclaim.number());
        parameters.add(reclaim.unitName());
        parameters.add(Integer.toString(reclaim.sums().hosts()));
        parameters.addAll(more);
        events.publishEvent(
                new Notice(
                        clock.instant(),
                        new Notice.To.Holders(
                                part.permission(),
                                part == Part.UNIT_OWNER
                                        ? Optional.of(reclaim.unit())
                                        : Optional.empty()),
                        kind,
                        parameters,
                        "/reclaims/" + reclaim.id(),
                        "%s/%s/%d".formatted(kind, reclaim.id(), reclaim.version())));
    }
}
