package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.quota.Resource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people decide about applications. Each command is one transaction; every one refuses as
 * {@link Steps#begin} does, and changes nothing then.
 */
@Service
@Transactional
public class Reviews {

    private final ApplicationStore store;
    private final ReviewStore reviews;
    private final Steps steps;
    private final QuotaLocks locks;
    private final Placement placement;
    private final Precheck precheck;
    private final Takers takers;
    private final ApplicationProperties properties;
    private final Clock clock;

    Reviews(
            ApplicationStore store,
            ReviewStore reviews,
            Steps steps,
            QuotaLocks locks,
            Placement placement,
            Precheck precheck,
            Takers takers,
            ApplicationProperties properties,
            Clock clock) {
        this.store = store;
        this.reviews = reviews;
        this.steps = steps;
        this.locks = locks;
        this.placement = placement;
        this.precheck = precheck;
        this.takers = takers;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * What an approval says.
     *
     * @param cuts what is left of items that are granted less than was asked for, in place of what
     *     an earlier review has cut; empty: as it is. Only the platform and the bureau lower, and
     *     nobody grants more than the review before him
     * @param cluster where it shall go; empty: where an earlier review would have it, else the rule
     *     decides. Only the platform and the bureau say so
     */
    public record Approval(String note, List<Cut> cuts, Optional<ClusterName> cluster) {

        public static final Approval PLAIN = new Approval("", List.of(), Optional.empty());

        public Approval {
            cuts = List.copyOf(cuts);
        }
    }

    /**
     * Approves for this state, and leads on: the unit's approval to the rules for instant approval
     * and from there to the platform, the platform's to the bureau, and the bureau's to delivery.
     *
     * @throws Refused CONFLICT {@code CO_SIGNATURE_MISSING}, {@code EXPERTS_REQUIRED}, and when it
     *     is the last {@code LEDGER_LEARNING}, {@code NO_CLUSTER_FOR_POOL}, {@code
     *     CLUSTER_CORDONED}; {@code CLUSTER_NOT_OF_POOL}; FORBIDDEN {@code ALREADY_SIGNED}; INVALID
     *     with a fault for each cut that is none
     */
    public Application approve(Actor actor, ApplicationId id, int version, Approval approval) {
        var taking = steps.begin(actor, id, version, Workflow.Command.APPROVE);
        var application = taking.application();
        requireSigned(actor, application);
        if (application.state() == Workflow.State.TECH_REVIEW
                && properties.needsExperts(cpu(application))) {
            throw Refused.conflict("EXPERTS_REQUIRED");
        }
        boolean isOfUnit = application.state() == Workflow.State.DEPT_REVIEW;
        if (isOfUnit && (!approval.cuts().isEmpty() || approval.cluster().isPresent())) {
            throw Refused.forbidden("NOT_YOUR_PART");
        }
        lower(application, approval.cuts());
        approval.cluster()
                .ifPresent(cluster -> {
                    placement.require(cluster, application.order().pool());
                    store.wish(id, cluster);
                });
        boolean asItWas = approval.cuts().isEmpty() && approval.cluster().isEmpty();
        var current = asItWas ? taking : taking.of(store.find(id).orElseThrow());
        var approved = steps.finish(current, Taking.Said.note(approval.note()));
        return approved.state() == Workflow.State.PRECHECK ? prechecked(approved) : approved;
    }

    private Application prechecked(Application application) {
        return switch (precheck.check(application, obstacle(application))) {
            case Precheck.Outcome.Pass(String note) ->
                    steps.advance(application, Workflow.Command.PASS, note);
            case Precheck.Outcome.ToHuman(String note) ->
                    steps.advance(application, Workflow.Command.TO_HUMAN, note);
        };
    }

    /**
     * Why it could not be granted at once; the rules then leave it to people, and the unit's own
     * approval stands. Only a cluster that is cordoned in this very moment still refuses that, and
     * it is repeated.
     */
    private Optional<String> obstacle(Application application) {
        try {
            locks.requireLearnt();
            placement.requireChoice(
                    application.order().system(),
                    application.order().pool(),
                    application.wantedCluster());
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e.code());
        }
    }

    private void lower(Application application, List<Cut> cuts) {
        if (!cuts.isEmpty()) {
            var smaller = application.requested().cut(cuts);
            if (!smaller.amounts().fitsWithin(application.order().amounts())) {
                throw Refused.invalid("INVALID", List.of(Fault.at("/cuts", "MORE_THAN_ASKED")));
            }
            var lock = locks.lower(application, smaller, clock.instant());
            store.lower(application, cuts, lock);
        }
    }

    private static long cpu(Application application) {
        return application.order().amounts().get(Resource.CPU) / 1000;
    }

    private void requireSigned(Actor actor, Application application) {
        var asked = reviews.cosigners(application);
        if (asked.stream().anyMatch(one -> one.signedAt().isEmpty())) {
            throw Refused.conflict("CO_SIGNATURE_MISSING");
        }
        if (asked.stream().anyMatch(one -> one.person().equals(actor.person()))) {
            throw Refused.forbidden("ALREADY_SIGNED");
        }
    }

    /** Rejects for good: what was locked is given back. */
    public Application reject(Actor actor, ApplicationId id, int version, String reason) {
        return take(actor, id, version, Workflow.Command.REJECT, reason);
    }

    /** Gives it back to be changed: what was locked is given back, too. */
    public Application giveBack(Actor actor, ApplicationId id, int version, String reason) {
        return take(actor, id, version, Workflow.Command.RETURN, reason);
    }

    /** Withdraws: what was locked is given back. */
    public Application withdraw(Actor actor, ApplicationId id, int version) {
        return take(actor, id, version, Workflow.Command.WITHDRAW, "");
    }

    private Application take(
            Actor actor, ApplicationId id, int version, Workflow.Command command, String note) {
        return steps.finish(steps.begin(actor, id, version, command), Taking.Said.note(note));
    }

    /**
     * Hands the decision in this state to somebody else, who alone decides from now on.
     *
     * @throws Refused INVALID with a fault at {@code /to}: {@code NO_SUCH_PERSON}, {@code
     *     MAY_NOT_DECIDE}
     */
    public Application transfer(
            Actor actor, ApplicationId id, int version, PersonId to, String note) {
        var taking = steps.begin(actor, id, version, Workflow.Command.TRANSFER);
        var other = requireEligible(taking, to, "/to");
        var application =
                steps.finish(taking, new Taking.Said(note, Optional.empty(), Optional.of(other)));
        store.assign(id, to);
        return store.find(application.id()).orElseThrow();
    }

    /**
     * Asks somebody else to sign, too, before this state can be left by an approval.
     *
     * @throws Refused as {@link #transfer}; CONFLICT {@code ALREADY_ASKED}
     */
    public Application askToSign(
            Actor actor, ApplicationId id, int version, PersonId to, String note) {
        var taking = steps.begin(actor, id, version, Workflow.Command.CO_SIGN);
        var other = requireEligible(taking, to, "/to");
        if (!reviews.askToSign(taking.application(), to)) {
            throw Refused.conflict("ALREADY_ASKED");
        }
        return steps.finish(taking, new Taking.Said(note, Optional.empty(), Optional.of(other)));
    }

    /**
     * Signs what one was asked to sign.
     *
     * @throws Refused FORBIDDEN {@code NOT_ASKED}
     */
    public Application sign(Actor actor, ApplicationId id, int version, String note) {
        var taking = steps.begin(actor, id, version, Workflow.Command.SIGN);
        if (!reviews.sign(taking.application(), actor.person(), clock.instant())) {
            throw Refused.forbidden("NOT_ASKED");
        }
        return steps.finish(taking, Taking.Said.note(note));
    }

    /**
     * Asks experts; with a quorum of opinions it goes on to the bureau.
     *
     * @param experts 1 to {@value ReviewStore#MAX_EXPERTS}, each once
     * @throws Refused INVALID with a fault at each that cannot be asked, or at {@code /quorum};
     *     CONFLICT {@code CO_SIGNATURE_MISSING}
     */
    public Application refer(
            Actor actor,
            ApplicationId id,
            int version,
            List<PersonId> experts,
            int quorum,
            String note) {
        var taking = steps.begin(actor, id, version, Workflow.Command.REFER);
        requireSigned(actor, taking.application());
        var faults = new ArrayList<Fault>();
        if (experts.isEmpty() || experts.size() > ReviewStore.MAX_EXPERTS) {
            faults.add(Fault.at("/experts", "OUT_OF_RANGE", 1, ReviewStore.MAX_EXPERTS));
        } else if (new HashSet<>(experts).size() < experts.size()) {
            faults.add(Fault.at("/experts", "DUPLICATE"));
        } else if (quorum < 1 || quorum > experts.size()) {
            faults.add(Fault.at("/quorum", "OUT_OF_RANGE", 1, experts.size()));
        }
        for (int i = 0; i < experts.size() && faults.isEmpty(); i++) {
            eligible(
                            taking.application(),
                            experts.get(i),
                            Workflow.Part.EXPERT,
                            Workflow.Duty.EXPERT)
                    .fault("/experts/" + i)
                    .ifPresent(faults::add);
        }
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        reviews.ask(taking.application(), experts, quorum);
        return steps.finish(taking, Taking.Said.note(note));
    }

    /**
     * An expert's opinion. The last that was needed leads on to the bureau, whatever they are: they
     * advise, and the bureau decides.
     *
     * @throws Refused FORBIDDEN {@code NOT_ASKED}; CONFLICT {@code OPINION_GIVEN}
     */
    public Application opine(
            Actor actor,
            ApplicationId id,
            int version,
            Application.Opinion opinion,
            String reason) {
        var taking = steps.begin(actor, id, version, Workflow.Command.OPINE);
        var expert = taking.behalf().map(one -> one.from().id()).orElse(actor.person());
        if (!reviews.isAsked(taking.application(), expert)) {
            throw Refused.forbidden("NOT_ASKED");
        }
        if (reviews.hasOpinion(taking.application(), expert)) {
            throw Refused.conflict("OPINION_GIVEN");
        }
        var said = new Taking.Said(reason, Optional.of(opinion), Optional.empty());
        var application = steps.finish(taking, said);
        return reviews.hasQuorum(application)
                ? steps.advance(application, Workflow.Command.CONCLUDE, "")
                : application;
    }

    /**
     * Whom an application's present state waits for beside whoever decides.
     *
     * @param signers who were asked to sign, and whether they have
     * @param experts who were asked for an opinion, and whether they gave one
     * @param quorum how many opinions are needed; 0: no experts were asked
     */
    public record Asked(List<Answered> signers, List<Answered> experts, int quorum) {

        /** Somebody who was asked, and whether he has answered. */
        public record Answered(Application.Participant person, boolean answered) {}

        public Asked {
            signers = List.copyOf(signers);
            experts = List.copyOf(experts);
        }
    }

    /** Whom an application waits for, in its present state and revision. */
    @Transactional(readOnly = true)
    public Asked asked(Application application) {
        return reviews.asked(application);
    }

    private Application.Participant requireEligible(Taking taking, PersonId to, String pointer) {
        var state = taking.application().state();
        var duty =
                Workflow.edge(state, Workflow.Command.APPROVE)
                        .map(Workflow.Edge::duty)
                        .orElseThrow();
        var eligible = eligible(taking.application(), to, taking.edge().part(), duty);
        eligible.fault(pointer)
                .ifPresent(fault -> {
                    throw Refused.invalid("INVALID", List.of(fault));
                });
        return eligible.person().orElseThrow();
    }

    /** Somebody who is named, and whether he could take the part that he is named for. */
    private record Eligible(Optional<Application.Participant> person, boolean may) {

        Optional<Fault> fault(String pointer) {
            if (person.isEmpty()) {
                return Optional.of(Fault.at(pointer, "NO_SUCH_PERSON"));
            }
            return may ? Optional.empty() : Optional.of(Fault.at(pointer, "MAY_NOT_DECIDE"));
        }
    }

    private Eligible eligible(
            Application application, PersonId person, Workflow.Part part, Workflow.Duty duty) {
        var found = reviews.person(person);
        boolean may =
                found.isPresent()
                        && found.get().sees(application.unit())
                        && takers.parts(person).contains(part)
                        && application.allows(person, duty);
        return new Eligible(found.map(ReviewStore.Named::participant), may);
    }
}
