package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Notice.To;
import io.yuntai.onboarding.rules.RulesInForce;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Whom an application's steps and deadlines concern, and what they are told of it. */
@Component
class ApplicationNotices {

    private final ReviewStore reviews;
    private final DelegationStore delegations;
    private final Takers takers;
    private final RulesInForce rules;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ApplicationNotices(
            ReviewStore reviews,
            DelegationStore delegations,
            Takers takers,
            RulesInForce rules,
            ApplicationEventPublisher events,
            Clock clock) {
        this.reviews = reviews;
        this.delegations = delegations;
        this.takers = takers;
        this.rules = rules;
        this.events = events;
        this.clock = clock;
    }

    /** Tells whoever has to act next, and the applicant what was decided. */
    @EventListener
    void on(ApplicationStepped step) {
        var application = step.application();
        if (step.edge().from() == step.edge().to()) {
            stays(step);
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
                            List.of(Integer.toString(rules.now().deadlines().deemAfter())));
                }
            }
            case PARTIAL -> {
                tell(
                        application,
                        Notice.Kind.APPLICATION_WAITING,
                        waitedFor(application),
                        List.of());
                tell(
                        application,
                        Notice.Kind.APPLICATION_PARTIAL,
                        List.of(owner, applicant),
                        List.of());
            }
            case WITHDRAWN ->
                    tell(
                            application,
                            Notice.Kind.APPLICATION_WITHDRAWN,
                            Stream.concat(
                                            waitedBefore(application, step.edge().from()).stream(),
                                            Stream.of(applicant))
                                    .toList(),
                            List.of());
            case EXPIRED ->
                    tell(
                            application,
                            Notice.Kind.APPLICATION_EXPIRED,
                            List.of(owner, applicant),
                            List.of());
            case DRAFT, PRECHECK, DELIVERING -> {}
        }
    }

    /**
     * It waits where it did: only whoever was named in this step has not heard of it; and when
     * nobody has to sign any more, whoever decides can do so now.
     */
    private void stays(ApplicationStepped step) {
        var application = step.application();
        List<Wait> waits = waits(application);
        var told =
                switch (step.edge().command()) {
                    case TRANSFER, CO_SIGN ->
                            named(step.other().orElseThrow().id(), part(application.state()));
                    case REFER ->
                            waits.stream()
                                    .filter(wait -> wait.version() == application.version())
                                    .flatMap(wait -> wait.whom().stream())
                                    .toList();
                    case SIGN, RELEASE ->
                            waits.size() == 1 && !isWithExperts(application)
                                    ? waits.getFirst().whom()
                                    : List.<To>of();
                    case SUBMIT,
                            APPROVE,
                            PASS,
                            TO_HUMAN,
                            OPINE,
                            CONCLUDE,
                            RETURN,
                            REJECT,
                            WITHDRAW,
                            EXPIRE,
                            DELIVER,
                            OBSERVE,
                            FAIL,
                            RETRY,
                            CANCEL,
                            CONFIRM,
                            DEEM ->
                            List.<To>of();
                };
        tell(application, Notice.Kind.APPLICATION_WAITING, told, List.of());
    }

    private List<To> waitedFor(Application application) {
        return waits(application).stream().flatMap(wait -> wait.whom().stream()).toList();
    }

    private List<Wait> waits(Application application) {
        return waits(List.of(application)).getOrDefault(application.id(), List.of());
    }

    /** Whoever can bring these on from where they are, and since when each has been waited for. */
    Map<ApplicationId, List<Wait>> waits(Collection<Application> applications) {
        var looked =
                applications.stream()
                        .filter(one ->
                                one.state().isReview() || one.state() == Workflow.State.PARTIAL)
                        .toList();
        var named = reviews.waiting(looked.stream().map(Application::id).toList());
        var all = new HashMap<ApplicationId, List<Wait>>();
        for (var application : looked) {
            all.put(
                    application.id(),
                    waits(application, named.getOrDefault(application.id(), List.of())));
        }
        return all;
    }

    private List<Wait> waits(Application application, List<ReviewStore.Waiting> named) {
        var whom = new TreeMap<Integer, List<To>>();
        var since = new HashMap<Integer, Instant>();
        for (var one : named) {
            int version = one.version().orElse(application.enteredVersion());
            whom.computeIfAbsent(version, _ -> new ArrayList<>())
                    .addAll(
                            named(
                                    one.person(),
                                    one.as() == ReviewStore.Waiting.As.EXPERT
                                            ? Workflow.Part.EXPERT
                                            : part(application.state())));
            since.put(version, one.at().orElse(application.enteredAt()));
        }
        if (!isWithExperts(application) && application.assignee().isEmpty()) {
            int version = application.enteredVersion();
            whom.computeIfAbsent(version, _ -> new ArrayList<>()).addAll(deciders(application));
            since.put(version, application.enteredAt());
        }
        return whom.entrySet().stream()
                .map(each ->
                        new Wait(
                                each.getKey(),
                                since.getOrDefault(each.getKey(), application.enteredAt()),
                                each.getValue()))
                .toList();
    }

    /** Nobody else is waited for there than who was named. */
    private static boolean isWithExperts(Application application) {
        return application.state() == Workflow.State.EXPERT_REVIEW;
    }

    /** Somebody who was named in a part, and whoever acts for him now. */
    private List<To> named(PersonId person, Workflow.Part part) {
        var all = new ArrayList<To>();
        all.add(new To.Person(person));
        delegations
                .from(person, part, clock.instant())
                .forEach(one -> all.add(new To.Person(one.to().id())));
        return all;
    }

    /**
     * On whose desk it lay; none: the applicant had it himself. Experts are asked by the platform,
     * which tells them.
     */
    private List<To> waitedBefore(Application application, Workflow.State state) {
        return state.isReview() ? deciders(application, part(state)) : List.of();
    }

    private List<To> deciders(Application application) {
        return deciders(application, part(application.state()));
    }

    /** Everybody who may decide, and whoever acts for one of them now. */
    private List<To> deciders(Application application, Workflow.Part part) {
        Optional<UnitId> unit =
                part == Workflow.Part.UNIT_OWNER
                        ? Optional.of(application.unit())
                        : Optional.empty();
        var all = new ArrayList<To>();
        all.add(new To.Takers(part, unit));
        delegations.of(part, unit, clock.instant()).stream()
                .filter(one -> takers.parts(one.from().id()).contains(part))
                .forEach(one -> all.add(new To.Person(one.to().id())));
        return all;
    }

    /** Whose part it is to bring it on from there, or to lead while experts are heard. */
    private static Workflow.Part part(Workflow.State state) {
        return switch (state) {
            case DEPT_REVIEW -> Workflow.Part.UNIT_OWNER;
            case TECH_REVIEW, EXPERT_REVIEW -> Workflow.Part.REVIEWER;
            case BUREAU_APPROVAL -> Workflow.Part.BUREAU;
            case PARTIAL -> Workflow.Part.OPERATOR;
            case DRAFT,
                    PRECHECK,
                    AUTO_APPROVED,
                    APPROVED,
                    DELIVERING,
                    DELIVERED,
                    CLOSED,
                    RETURNED,
                    REJECTED,
                    WITHDRAWN,
                    EXPIRED ->
                    throw new IllegalArgumentException("nobody is waited for in " + state);
        };
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
        parameters.add(Notice.shown(application.order().purpose()));
        parameters.add(Notice.shown(application.unitName()));
        parameters.addAll(more);
        String key = "%s/%s/%d%s".formatted(kind, application.id(), application.version(), which);
        String link = "/applications/" + application.id();
        for (var to : all) {
            events.publishEvent(new Notice(now, to, kind, parameters, link, key));
        }
    }

    /**
     * Warns the owner of a delivery, whole or in part, that is not confirmed.
     *
     * @param days after how many working days
     * @param lastDay the last on which it can be confirmed
     */
    void warn(Application application, int days, String lastDay) {
        var owner = new To.Takers(Workflow.Part.UNIT_OWNER, Optional.of(application.unit()));
        tell(
                application,
                application.state() == Workflow.State.PARTIAL
                        ? Notice.Kind.PARTIAL_UNCONFIRMED
                        : Notice.Kind.DELIVERY_UNCONFIRMED,
                "/" + days,
                List.of(owner),
                List.of(lastDay));
    }
}
