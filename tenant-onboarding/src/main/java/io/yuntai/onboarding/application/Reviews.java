package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.rules.RulesInForce;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.quota.Resource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
    private final RulesInForce rules;
    private final Clock clock;

    Reviews(
            ApplicationStore store,
            ReviewStore reviews,
            Steps steps,
            QuotaLocks locks,
            Placement placement,
            Precheck precheck,
            Takers takers,
            RulesInForce rules,
            Clock clock) {
        this.store = store;
        this.reviews = reviews;
        this.steps = steps;
        this.locks = locks;
        this.placement = placement;
        this.precheck = precheck;
        this.takers = takers;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * What an approval says.
     *
     * @param cuts what is left of items that are granted less than was asked for, on top of what an
     *     earlier review has cut; empty: as it is. Only the platform and the bureau lower, and
     *     nobody grants more of an item than the review before him
     * @param cluster where it shall go; empty: where an earlier review would have it, else the rule
     *     decides. Only the platform and the bureau say so
     */
    public record Approval(String note, List<Cut> cuts, Optional<ClusterName> cluster) {

        public static final Approval PLAIN = new Approval("", List.of(), Optional.empty());

        public Approval {
            cuts = List.copyOf(cuts);
        }

        private Application.Terms terms() {
            return new Application.Terms(cuts, cluster);
        }
    }

    /**
     * Approves for this state, and leads on: the unit's approval to the rules for instant approval
     * and from there to the platform, the platform's to the bureau, and the bureau's to delivery.
     *
     * @throws Refused CONFLICT {@code EXPERTS_REQUIRED}, and when it is the last {@code
     *     LEDGER_LEARNING}, {@code NO_CLUSTER_FOR_POOL}, {@code CLUSTER_CORDONED}; {@code
     *     CLUSTER_NOT_OF_POOL}; INVALID with a fault for each cut that is none
     */
    public Application approve(Actor actor, ApplicationId id, int version, Approval approval) {
        var taking = steps.begin(actor, id, version, Workflow.Command.APPROVE);
        var application = taking.application();
        if (application.state() == Workflow.State.TECH_REVIEW
                && rules.now().applications().needsExperts(cpu(application))) {
            throw Refused.conflict("EXPERTS_REQUIRED");
        }
        var terms = approval.terms();
        if (application.state() == Workflow.State.DEPT_REVIEW
                && !terms.equals(Application.Terms.NONE)) {
            throw Refused.forbidden("NOT_YOUR_PART");
        }
        var approved = steps.finish(settled(taking, terms), Taking.Said.on(approval.note(), terms));
        return approved.state() == Workflow.State.PRECHECK ? prechecked(approved) : approved;
    }

    /** The same step, of an application that is to get what these terms say. */
    private Taking settled(Taking taking, Application.Terms terms) {
        var application = taking.application();
        lower(application, terms.cuts());
        terms.cluster()
                .ifPresent(cluster -> {
                    placement.require(cluster, application.order().pool());
                    store.wish(application.id(), cluster);
                });
        return terms.equals(Application.Terms.NONE)
                ? taking
                : taking.of(store.find(application.id()).orElseThrow());
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
            var all = Cut.onTop(store.cuts(application), cuts);
            var smaller = application.requested().cut(all);
            var lock = locks.lower(application, smaller, clock.instant());
            store.lower(application, ItemRows.kept(application.requested().items(), all), lock);
        }
    }

    private static long cpu(Application application) {
        return application.order().amounts().get(Resource.CPU) / 1000;
    }

    /** Rejects for good: what was locked is given back. */
    public Application reject(Actor actor, ApplicationId id, int version, String reason) {
        return take(actor, id, version, Workflow.Command.REJECT, reason);
    }

    /** Gives it back to be changed: what was locked is given back, too. */
    public Application giveBack(Actor actor, ApplicationId id, int version, String reason) {
        return take(actor, id, version, Workflow.Command.RETURN, reason);
    }

    /** Withdraws without a word. */
    public Application withdraw(Actor actor, ApplicationId id, int version) {
        return withdraw(actor, id, version, "");
    }

    /**
     * Withdraws: what was locked is given back.
     *
     * @param reason may be empty
     */
    public Application withdraw(Actor actor, ApplicationId id, int version, String reason) {
        return take(actor, id, version, Workflow.Command.WITHDRAW, reason);
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
        var application = steps.finish(taking, Taking.Said.naming(other, note));
        store.assign(id, to);
        return store.find(application.id()).orElseThrow();
    }

    /**
     * Asks somebody else to sign, too, before this state can be left by an approval, or by the
     * experts' opinions.
     *
     * @throws Refused as {@link #transfer}; CONFLICT {@code ALREADY_ASKED}
     */
    public Application askToSign(
            Actor actor, ApplicationId id, int version, PersonId to, String note) {
        var taking = steps.begin(actor, id, version, Workflow.Command.CO_SIGN);
        var other = requireEligible(taking, to, "/to");
        if (!reviews.askToSign(taking.application(), to, clock.instant())) {
            throw Refused.conflict("ALREADY_ASKED");
        }
        return steps.finish(taking, Taking.Said.naming(other, note));
    }

    /**
     * Asks somebody to sign no more, who was asked and has not: he may be away.
     *
     * @throws Refused INVALID with a fault at {@code /to}: {@code NOT_AWAITED}
     */
    public Application release(
            Actor actor, ApplicationId id, int version, PersonId to, String note) {
        var taking = steps.begin(actor, id, version, Workflow.Command.RELEASE);
        if (!reviews.release(taking.application(), to)) {
            throw Refused.invalid("INVALID", List.of(Fault.at("/to", "NOT_AWAITED")));
        }
        var other = reviews.person(to).orElseThrow().participant();
        return concluded(steps.finish(taking, Taking.Said.naming(other, note)));
    }

    /** Signs what one was asked to sign, or who has delegated it. */
    public Application sign(Actor actor, ApplicationId id, int version, String note) {
        var taking = steps.begin(actor, id, version, Workflow.Command.SIGN);
        reviews.sign(taking.application(), taking.whose(), actor.person(), clock.instant());
        return concluded(steps.finish(taking, Taking.Said.note(note)));
    }

    /**
     * Who is asked for an opinion.
     *
     * @param experts each once; while experts are heard already, those who are asked from now on
     *     beside those who have answered
     * @param quorum how many opinions are needed, those that are there included; empty: everybody's
     * @param cuts as with an {@link Approval}: where experts must be heard, nobody else comes
     *     between the platform and the bureau
     * @param cluster likewise
     */
    public record Referral(
            List<PersonId> experts,
            Optional<Integer> quorum,
            List<Cut> cuts,
            Optional<ClusterName> cluster,
            String note) {

        public Referral {
            experts = List.copyOf(experts);
            cuts = List.copyOf(cuts);
        }
    }

    /**
     * Asks experts; with a quorum of opinions it goes on to the bureau. While they are heard: asks
     * others in place of those who do not answer, or is content with fewer opinions.
     *
     * @throws Refused INVALID with a fault at each that cannot be asked, at {@code /experts} when
     *     they are more than {@value ReviewStore#MAX_EXPERTS} in all, or at {@code /quorum}; as
     *     {@link #approve} for its cuts and its cluster
     */
    public Application refer(Actor actor, ApplicationId id, int version, Referral referral) {
        var taking = steps.begin(actor, id, version, Workflow.Command.REFER);
        var application = taking.application();
        var before = reviews.asked(application).experts();
        var all = new LinkedHashSet<PersonId>();
        if (application.state() == Workflow.State.EXPERT_REVIEW) {
            before.stream()
                    .filter(Asked.Answered::answered)
                    .forEach(one -> all.add(one.person().id()));
        }
        var experts = referral.experts();
        all.addAll(experts);
        int quorum = referral.quorum().orElse(all.size());
        var faults = new ArrayList<Fault>();
        if (all.isEmpty() || all.size() > ReviewStore.MAX_EXPERTS) {
            faults.add(Fault.at("/experts", "OUT_OF_RANGE", 1, ReviewStore.MAX_EXPERTS));
        } else if (new HashSet<>(experts).size() < experts.size()) {
            faults.add(Fault.at("/experts", "DUPLICATE"));
        } else if (quorum < 1 || quorum > all.size()) {
            faults.add(Fault.at("/quorum", "OUT_OF_RANGE", 1, all.size()));
        }
        for (int i = 0; i < experts.size() && faults.isEmpty(); i++) {
            eligible(application, experts.get(i), Workflow.Part.EXPERT, Workflow.Duty.EXPERT)
                    .fault("/experts/" + i)
                    .ifPresent(faults::add);
        }
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        var terms = new Application.Terms(referral.cuts(), referral.cluster());
        var settled = settled(taking, terms);
        reviews.ask(application, all, quorum, clock.instant());
        return concluded(steps.finish(settled, Taking.Said.on(referral.note(), terms)));
    }

    /**
     * An expert's opinion. The last that was needed leads on to the bureau, whatever they are: they
     * advise, and the bureau decides. Where somebody has still to sign, his signature does.
     */
    public Application opine(
            Actor actor,
            ApplicationId id,
            int version,
            Application.Opinion opinion,
            String reason) {
        var taking = steps.begin(actor, id, version, Workflow.Command.OPINE);
        return concluded(steps.finish(taking, Taking.Said.thinking(opinion, reason)));
    }

    /** Where experts are heard: it goes on when nobody is waited for any more. */
    private Application concluded(Application application) {
        return application.state() == Workflow.State.EXPERT_REVIEW
                        && reviews.hasQuorum(application)
                        && reviews.awaited(application).toSign().isEmpty()
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

    /** Somebody, and what he is in an application. */
    public record Held(Application.Participant person, Workflow.Duty duty) {}

    /**
     * Who has which duty in an application, in the order of its way: why others are refused one.
     */
    @Transactional(readOnly = true)
    public List<Held> duties(Application application) {
        return reviews.duties(application.id());
    }

    /** Whom an application waits for, in its present state and revision. */
    @Transactional(readOnly = true)
    public Asked asked(Application application) {
        return reviews.asked(application);
    }

    private Application.Participant requireEligible(Taking taking, PersonId to, String pointer) {
        var edge = taking.edge();
        var eligible = eligible(taking.application(), to, edge.part(), edge.duty());
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
