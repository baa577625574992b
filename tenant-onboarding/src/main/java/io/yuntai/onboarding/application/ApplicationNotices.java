package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Notice.To;
import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Whom an application's steps and deadlines concern, and what they are told of it. */
@Component
class ApplicationNotices {

    private static final int SHOWN = 100;

    private final ReviewStore reviews;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ApplicationNotices(ReviewStore reviews, ApplicationEventPublisher events, Clock clock) {
        this.reviews = reviews;
        this.events = events;
        this.clock = clock;
    }

    /** Tells whoever has to act next, and the applicant what was decided. */
    @EventListener
    void on(ApplicationStepped step) {
        var application = step.application();
        if (step.edge().from() == step.edge().to()) {
            // It waits where it did; only whoever was named in this step has not heard of it.
            var named = step.other().<To>map(one -> new To.Person(one.id())).stream().toList();
            tell(application, Notice.Kind.APPLICATION_WAITING, named, List.of());
            return;
        }
        var owner = new To.Takers(Workflow.Part.UNIT_OWNER, Optional.of(application.unit()));
        var applicant = new To.Person(application.submittedBy().id());
        switch (application.state()) {
            case DEPT_REVIEW, TECH_REVIEW, EXPERT_REVIEW, BUREAU_APPROVAL ->
                    tell(
                            application,
                            Notice.Kind.APPLICATION_WAITING,
                            waitedFor(application),
                            List.of());
            case APPROVED, AUTO_APPROVED ->
                    tell(
                            application,
                            Notice.Kind.APPLICATION_APPROVED,
                            List.of(applicant),
                            List.of());
            case RETURNED ->
                    tell(
                            application,
                            Notice.Kind.APPLICATION_RETURNED,
                            List.of(applicant),
                            List.of());
            case REJECTED ->
                    tell(
                            application,
                            Notice.Kind.APPLICATION_REJECTED,
                            List.of(applicant),
                            List.of());
            case DELIVERED ->
                    tell(
                            application,
                            Notice.Kind.APPLICATION_DELIVERED,
                            List.of(owner, applicant),
                            List.of());
            case CLOSED -> {
                if (step.edge().command() == Workflow.Command.DEEM) {
                    tell(
                            application,
                            Notice.Kind.DELIVERY_DEEMED,
                            List.of(owner, applicant),
                            List.of());
                }
            }
            case DRAFT, PRECHECK, DELIVERING, PARTIAL, WITHDRAWN, EXPIRED -> {}
        }
    }

    /** Whoever can bring an application on from where it is under review. */
    List<To> waitedFor(Application application) {
        var asked = reviews.asked(application);
        if (application.state() == Workflow.State.EXPERT_REVIEW) {
            return unanswered(asked.experts().stream());
        }
        var all = new ArrayList<>(unanswered(asked.signers().stream()));
        all.add(
                application
                        .assignee()
                        .<To>map(only -> new To.Person(only.id()))
                        .orElseGet(() -> decider(application)));
        return all;
    }

    private static List<To> unanswered(Stream<Reviews.Asked.Answered> asked) {
        return asked.filter(one -> !one.answered())
                .<To>map(one -> new To.Person(one.person().id()))
                .toList();
    }

    private static To decider(Application application) {
        var part =
                Workflow.edge(application.state(), Workflow.Command.APPROVE)
                        .map(Workflow.Edge::part)
                        .orElseThrow();
        Optional<UnitId> unit =
                part == Workflow.Part.UNIT_OWNER
                        ? Optional.of(application.unit())
                        : Optional.empty();
        return new To.Takers(part, unit);
    }

    /** Tells each of them once for this version of the application. */
    void tell(Application application, Notice.Kind kind, List<To> all, List<String> more) {
        tell(application, kind, "", all, more);
    }

    private void tell(
            Application application,
            Notice.Kind kind,
            String which,
            List<To> all,
            List<String> more) {
        Instant now = clock.instant();
        var parameters = new ArrayList<String>();
        parameters.add(shown(application.order().purpose()));
        parameters.add(shown(application.unitName()));
        parameters.addAll(more);
        String key = "%s/%s/%d%s".formatted(kind, application.id(), application.version(), which);
        String link = "/applications/" + application.id();
        for (var to : all) {
            events.publishEvent(new Notice(now, to, kind, parameters, link, key));
        }
    }

    /**
     * Warns the owner of a delivery that is not confirmed.
     *
     * @param days after how many working days
     * @param lastDay the last on which it can be confirmed
     */
    void warn(Application application, int days, String lastDay) {
        var owner = new To.Takers(Workflow.Part.UNIT_OWNER, Optional.of(application.unit()));
        tell(
                application,
                Notice.Kind.DELIVERY_UNCONFIRMED,
                "/" + days,
                List.of(owner),
                List.of(lastDay));
    }

    private static String shown(String text) {
        return PlainText.length(text) <= SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
