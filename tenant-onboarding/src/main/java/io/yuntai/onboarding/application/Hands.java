package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.unit.PersonId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * For whom a person can act: for himself in his own parts, and for everybody who has delegated one
 * to him. What is refused, which commands are offered and what an inbox shows all follow from it.
 *
 * @param own his parts by his own roles
 * @param delegated what is in force now, by people who still have the part themselves
 */
public record Hands(PersonId person, Set<Workflow.Part> own, List<Delegation> delegated) {

    public Hands {
        own = Set.copyOf(own);
        delegated = List.copyOf(delegated);
    }

    /** What comes of looking for one whom he can act for. */
    sealed interface Choice {

        /**
         * He may.
         *
         * @param behalf by which delegation; empty: for himself
         */
        record May(Optional<Delegation> behalf) implements Choice {}

        record MayNot(Refused why) implements Choice {}
    }

    /** The parts that he may act in, his own and those delegated to him. */
    Set<Workflow.Part> parts() {
        var parts = new LinkedHashSet<>(own);
        delegated.forEach(one -> parts.add(one.part()));
        return parts;
    }

    /** Whom he can act for in a part, himself first; nobody: it is not his. */
    List<PersonId> in(Workflow.Part part) {
        var persons = new LinkedHashSet<PersonId>();
        candidates(part).forEach(one -> persons.add(who(one)));
        return List.copyOf(persons);
    }

    private List<Optional<Delegation>> candidates(Workflow.Part part) {
        var all = new ArrayList<Optional<Delegation>>();
        if (own.contains(part)) {
            all.add(Optional.empty());
        }
        delegated.stream().filter(one -> one.part() == part).map(Optional::of).forEach(all::add);
        return all;
    }

    private PersonId who(Optional<Delegation> behalf) {
        return behalf.map(one -> one.from().id()).orElse(person);
    }

    /**
     * For whom he takes an edge: for himself where he can, else for the first whose it is. What one
     * does for another counts for both, so both must be free to.
     */
    Choice choose(Application application, Workflow.Edge edge, Awaited awaited) {
        var left = candidates(edge.part());
        if (left.isEmpty()) {
            return refused(Refused.forbidden("NOT_YOUR_PART"));
        }
        keep(left, who -> application.allows(who, edge.duty()));
        if (left.isEmpty() || !application.allows(person, edge.duty())) {
            return refused(Refused.forbidden("SEPARATION_OF_DUTIES"));
        }
        if (isForTheAssignee(edge) && application.isAssignedToAnother(person)) {
            keep(left, who -> !application.isAssignedToAnother(who));
            if (left.isEmpty()) {
                return refused(Refused.forbidden("ASSIGNED_TO_ANOTHER"));
            }
        }
        return switch (edge.command()) {
            case APPROVE, REFER -> deciding(edge, left, awaited);
            case SIGN -> answering(left, awaited.toSign(), awaited.haveSigned(), "SIGNATURE_GIVEN");
            case OPINE ->
                    answering(left, awaited.toAdvise(), awaited.haveAdvised(), "OPINION_GIVEN");
            case SUBMIT,
                    PASS,
                    TO_HUMAN,
                    CONCLUDE,
                    RETURN,
                    REJECT,
                    TRANSFER,
                    CO_SIGN,
                    RELEASE,
                    WITHDRAW,
                    EXPIRE,
                    DELIVER,
                    OBSERVE,
                    FAIL,
                    RETRY,
                    CANCEL,
                    CONFIRM,
                    DEEM ->
                    new Choice.May(left.getFirst());
        };
    }

    /** Whoever signs beside the one who decides is not that one, by nobody's hand. */
    private Choice deciding(Workflow.Edge edge, List<Optional<Delegation>> left, Awaited awaited) {
        boolean leadsOn = edge.from() != edge.to();
        if (leadsOn && !awaited.toSign().isEmpty()) {
            return refused(Refused.conflict("CO_SIGNATURE_MISSING"));
        }
        keep(left, who -> !awaited.haveSigned().contains(who));
        return left.isEmpty() || awaited.haveSigned().contains(person)
                ? refused(Refused.forbidden("ALREADY_SIGNED"))
                : new Choice.May(left.getFirst());
    }

    /** Several answers are wanted of several people: nobody gives a second one for another. */
    private Choice answering(
            List<Optional<Delegation>> left,
            Set<PersonId> asked,
            Set<PersonId> answered,
            String again) {
        boolean answeredForAll = left.stream().allMatch(one -> answered.contains(who(one)));
        keep(left, asked::contains);
        if (answered.contains(person) || answeredForAll) {
            return refused(Refused.conflict(again));
        }
        return left.isEmpty()
                ? refused(Refused.forbidden("NOT_ASKED"))
                : new Choice.May(left.getFirst());
    }

    private void keep(List<Optional<Delegation>> left, Predicate<PersonId> who) {
        left.removeIf(one -> !who.test(who(one)));
    }

    private static Choice refused(Refused why) {
        return new Choice.MayNot(why);
    }

    /** Whoever may decide can still hand it on: the one it was assigned to may be away. */
    private static boolean isForTheAssignee(Workflow.Edge edge) {
        return switch (edge.command()) {
            case APPROVE, REFER, RETURN, REJECT, CO_SIGN, RELEASE -> true;
            case SUBMIT,
                    PASS,
                    TO_HUMAN,
                    OPINE,
                    CONCLUDE,
                    TRANSFER,
                    SIGN,
                    WITHDRAW,
                    EXPIRE,
                    DELIVER,
                    OBSERVE,
                    FAIL,
                    RETRY,
                    CANCEL,
                    CONFIRM,
                    DEEM ->
                    false;
        };
    }

    /** What he may say of an application now. */
    List<Workflow.Command> commands(Application application, Awaited awaited) {
        return Workflow.from(application.state()).stream()
                .filter(edge -> choose(application, edge, awaited) instanceof Choice.May)
                .map(Workflow.Edge::command)
                .toList();
    }

    /** What of his somebody has to take before others can go on. */
    List<Workflow.Edge> awaiting() {
        var parts = parts();
        return Workflow.EDGES.stream()
                .filter(edge -> parts.contains(edge.part()))
                .filter(edge ->
                        switch (edge.command()) {
                            case APPROVE, SIGN, OPINE, RETRY, CONFIRM -> true;
                            case SUBMIT -> edge.from() == Workflow.State.RETURNED;
                            case PASS,
                                    TO_HUMAN,
                                    REFER,
                                    CONCLUDE,
                                    RETURN,
                                    REJECT,
                                    TRANSFER,
                                    CO_SIGN,
                                    RELEASE,
                                    WITHDRAW,
                                    EXPIRE,
                                    DELIVER,
                                    OBSERVE,
                                    FAIL,
                                    CANCEL,
                                    DEEM ->
                                    false;
                        })
                .toList();
    }
}
