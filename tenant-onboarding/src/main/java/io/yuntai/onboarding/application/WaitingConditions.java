package io.yuntai.onboarding.application;

import io.yuntai.onboarding.unit.PersonId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What {@link Hands#choose} says, as SQL: in which applications of a state somebody can bring on
 * what is waited for. Each condition is asked only of what is open, and looks at one row or two of
 * the application's own: written as counts and single values, for an {@code exists} the database
 * may answer by reading the whole table first, all that ever was.
 */
final class WaitingConditions {

    private static final String ME = ":me";

    private WaitingConditions() {}

    /** Of each state that something is waited for in; of application {@code a}. */
    static Map<Workflow.State, String> of(Hands hands) {
        var all = new EnumMap<Workflow.State, String>(Workflow.State.class);
        for (var edge : hands.awaiting()) {
            boolean alone = hands.in(edge.part()).equals(List.of(hands.person()));
            all.merge(edge.from(), condition(edge, alone), (one, other) -> one + " or " + other);
        }
        return all;
    }

    /** What they are compared with. */
    static Map<String, Object> params(Hands hands) {
        var params = new HashMap<String, Object>();
        params.put("me", hands.person().value());
        for (var part : hands.parts()) {
            params.put(
                    "as" + part, hands.in(part).stream().map(PersonId::value).toArray(UUID[]::new));
        }
        return params;
    }

    private static String condition(Workflow.Edge edge, boolean alone) {
        return switch (edge.command()) {
            case APPROVE -> free(ME, edge.duty()) + " and " + decides(edge, alone);
            case SIGN ->
                    """
                    (select count(*) from application_cosigner c
                     where c.application = a.id and c.revision = a.revision and c.state = a.state
                       and c.signed_at is null and c.person = any(:as%s) and %s) > 0
                    and %s and %s
                    """
                            .formatted(
                                    edge.part(),
                                    free("c.person", edge.duty()),
                                    free(ME, edge.duty()),
                                    notSigned(ME));
            case OPINE ->
                    """
                    (select count(*) from application_expert e
                     where e.application = a.id and e.revision = a.revision
                       and e.person = any(:as%s) and %s
                       and (select count(*) from application_step o
                            where o.application = a.id and o.revision = a.revision
                              and o.command = 'OPINE'
                              and (coalesce(o.on_behalf_of, o.person) in (e.person, :me)
                                   or o.person = :me)) = 0) > 0
                    and %s
                    """
                            .formatted(
                                    edge.part(),
                                    free("e.person", edge.duty()),
                                    free(ME, edge.duty()));
            case RETRY, CONFIRM, SUBMIT ->
                    free(ME, edge.duty())
                            + (alone ? "" : " and " + exists(edge, free("h.person", edge.duty())));
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
                    throw new IllegalArgumentException("nobody waits for that: " + edge);
        };
    }

    /** While others have still to sign, whoever decides can release them. */
    private static String decides(Workflow.Edge edge, boolean alone) {
        String signed = notSigned(ME);
        return alone
                ? "(a.assignee is null or a.assignee = :me) and " + signed
                : signed
                        + " and "
                        + exists(
                                edge,
                                "(a.assignee is null or a.assignee in (:me, h.person)) and "
                                        + free("h.person", edge.duty())
                                        + " and "
                                        + notSigned("h.person"));
    }

    private static String exists(Workflow.Edge edge, String condition) {
        return "exists (select from unnest(cast(:as%s as uuid[])) h (person) where %s)"
                .formatted(edge.part(), condition);
    }

    private static String free(String person, Workflow.Duty duty) {
        return duty == Workflow.Duty.NONE
                ? "true"
                : unless(
                        """
                        (select d.duty from application_duty d
                         where d.application = a.id and d.person = %1$s) <> '%2$s'
                        or (select count(*) from host w
                            where w.recycled_for_application = a.id and w.destroyed_by = %1$s) > 0
                        """
                                .formatted(person, duty));
    }

    private static String notSigned(String person) {
        return unless(
                """
                (select count(*) from application_cosigner g
                 where g.application = a.id and g.revision = a.revision and g.state = a.state
                   and g.signed_at is not null and %s in (g.person, g.signed_by)) > 0
                """
                        .formatted(person));
    }

    /**
     * A condition that rarely fails, said so that the database thinks so too: it goes on through
     * the index until a page is full, and does not gather and sort all that is open.
     */
    private static String unless(String condition) {
        return "(case when " + condition + " then null else true end) is not null";
    }
}
