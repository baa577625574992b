package io.yuntai.onboarding.application;

import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of what reviews ask of further people. */
@Repository
class ReviewStore {

    static final int MAX_EXPERTS = 15;

    private final JdbcClient jdbc;

    ReviewStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Somebody who is named in a review. */
    record Named(Application.Participant participant, Optional<UnitId> unit) {

        boolean sees(UnitId other) {
            return unit.isEmpty() || unit.get().equals(other);
        }
    }

    Optional<Named> person(PersonId person) {
        return jdbc.sql("select name, unit from person where id = ?")
                .param(person.value())
                .query((row, _) ->
                        new Named(
                                new Application.Participant(person, row.getString("name")),
                                Optional.ofNullable(row.getObject("unit", UUID.class))
                                        .map(UnitId::new)))
                .optional();
    }

    /** Whom an application waits for beside whoever decides. */
    Awaited awaited(Application application) {
        return awaited(List.of(application)).getOrDefault(application.id(), Awaited.NOBODY);
    }

    /** Of those that wait for anybody. */
    Map<ApplicationId, Awaited> awaited(Collection<Application> applications) {
        var ids =
                applications.stream()
                        .filter(one -> one.state().isReview())
                        .map(one -> one.id().value())
                        .toArray(UUID[]::new);
        if (ids.length == 0) {
            return Map.of();
        }
        var answers = new HashMap<ApplicationId, Map<Answer, Set<PersonId>>>();
        jdbc.sql(
                        """
                        select a.id, c.person, c.signed_by as hand,
                               case when c.signed_at is null then 'TO_SIGN' else 'HAS_SIGNED' end as answer
                        from application a join application_cosigner c
                            on c.application = a.id and c.revision = a.revision and c.state = a.state
                        where a.id = any(:ids)
                        union all
                        select a.id, e.person, t.person,
                               case when t.version is null then 'TO_ADVISE' else 'HAS_ADVISED' end
                        from application a
                        join application_expert e on e.application = a.id and e.revision = a.revision
                        left join application_step t on t.application = a.id
                            and t.revision = a.revision and t.command = 'OPINE'
                            and coalesce(t.on_behalf_of, t.person) = e.person
                        where a.id = any(:ids) and a.state = 'EXPERT_REVIEW'
                        """)
                .param("ids", ids)
                .query(row -> {
                    var persons =
                            answers.computeIfAbsent(
                                            new ApplicationId(row.getObject("id", UUID.class)),
                                            _ -> new EnumMap<>(Answer.class))
                                    .computeIfAbsent(
                                            Answer.valueOf(row.getString("answer")),
                                            _ -> new HashSet<>());
                    persons.add(new PersonId(row.getObject("person", UUID.class)));
                    @Nullable UUID hand = row.getObject("hand", UUID.class);
                    if (hand != null) {
                        persons.add(new PersonId(hand));
                    }
                });
        var awaited = new HashMap<ApplicationId, Awaited>();
        answers.forEach((id, persons) ->
                awaited.put(
                        id,
                        new Awaited(
                                persons.getOrDefault(Answer.TO_SIGN, Set.of()),
                                persons.getOrDefault(Answer.HAS_SIGNED, Set.of()),
                                persons.getOrDefault(Answer.TO_ADVISE, Set.of()),
                                persons.getOrDefault(Answer.HAS_ADVISED, Set.of()))));
        return awaited;
    }

    private enum Answer {
        TO_SIGN,
        HAS_SIGNED,
        TO_ADVISE,
        HAS_ADVISED
    }

    /**
     * Asks him to sign, with the step that comes next.
     *
     * @return whether he had not been asked before
     */
    boolean askToSign(Application application, PersonId person, Instant at) {
        return jdbc.sql(
                                """
                                insert into application_cosigner (application, revision, state, person,
                                                                  asked_version, asked_at)
                                values (?, ?, ?, ?, ?, ?) on conflict do nothing
                                """)
                        .params(
                                application.id().value(),
                                application.revision(),
                                application.state().name(),
                                person.value(),
                                application.version() + 1,
                                at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Asks him no more; false: he was not asked, or has signed. */
    boolean release(Application application, PersonId person) {
        return jdbc.sql(
                                """
                                delete from application_cosigner
                                where application = ? and revision = ? and state = ? and person = ?
                                  and signed_at is null
                                """)
                        .params(
                                application.id().value(),
                                application.revision(),
                                application.state().name(),
                                person.value())
                        .update()
                == 1;
    }

    /** Notes that he has signed, or by whose hand. */
    void sign(Application application, PersonId person, PersonId hand, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                update application_cosigner set signed_at = ?, signed_by = ?
                                where application = ? and revision = ? and state = ? and person = ?
                                  and signed_at is null
                                """)
                        .params(
                                at.atOffset(ZoneOffset.UTC),
                                hand.value(),
                                application.id().value(),
                                application.revision(),
                                application.state().name(),
                                person.value())
                        .update();
    }

    /**
     * Asks these experts with the step that comes next, and nobody else who has not answered;
     * whoever was asked before has been since then.
     */
    void ask(Application application, Collection<PersonId> experts, int quorum, Instant at) {
        var ids = experts.stream().map(PersonId::value).toArray(UUID[]::new);
        var _ =
                jdbc.sql(
                                """
                                delete from application_expert
                                where application = ? and revision = ? and person <> all(?)
                                """)
                        .params(application.id().value(), application.revision(), ids)
                        .update();
        var _ =
                jdbc.sql(
                                """
                                insert into application_expert (application, revision, person,
                                                                asked_version, asked_at)
                                select ?, ?, person, ?, ? from unnest(?) person
                                on conflict do nothing
                                """)
                        .params(
                                application.id().value(),
                                application.revision(),
                                application.version() + 1,
                                at.atOffset(ZoneOffset.UTC),
                                ids)
                        .update();
        var _ =
                jdbc.sql("update application set quorum = ? where id = ?")
                        .params(quorum, application.id().value())
                        .update();
    }

    boolean hasQuorum(Application application) {
        return jdbc.sql(
                        """
                        select count(*) >= a.quorum from application a
                        join application_step t on t.application = a.id and t.revision = a.revision
                            and t.command = 'OPINE'
                        where a.id = ? group by a.quorum
                        """)
                .param(application.id().value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /**
     * Somebody who was named in an application's present state and has not answered.
     *
     * @param version by which step; empty: the one by which it came to this state
     */
    record Waiting(PersonId person, As as, Optional<Integer> version, Optional<Instant> at) {

        /** As what he was named. */
        enum As {
            SIGNER,
            EXPERT,
            /** Alone to decide; whoever leads while experts are heard is not waited for. */
            ASSIGNEE
        }
    }

    /** Who was named in these and is waited for; of each application in the order of its steps. */
    Map<ApplicationId, List<Waiting>> waiting(Collection<ApplicationId> applications) {
        var all = new HashMap<ApplicationId, List<Waiting>>();
        jdbc.sql(
                        """
                        select a.id, c.person, 'SIGNER' as as_what, c.asked_version as version, c.asked_at as at
                        from application a join application_cosigner c
                            on c.application = a.id and c.revision = a.revision and c.state = a.state
                        where a.id = any(:ids) and c.signed_at is null
                        union all
                        select a.id, e.person, 'EXPERT', e.asked_version, e.asked_at
                        from application a
                        join application_expert e on e.application = a.id and e.revision = a.revision
                        where a.id = any(:ids) and a.state = 'EXPERT_REVIEW' and not exists (
                            select from application_step o
                            where o.application = a.id and o.revision = a.revision
                              and o.command = 'OPINE' and coalesce(o.on_behalf_of, o.person) = e.person)
                        union all
                        select a.id, a.assignee, 'ASSIGNEE', t.version, t.at
                        from application a left join lateral (
                            select s.version, s.at from application_step s
                            where s.application = a.id and s.version > a.entered_version
                              and s.command = 'TRANSFER'
                            order by s.version desc limit 1) t on true
                        where a.id = any(:ids) and a.assignee is not null and a.state <> 'EXPERT_REVIEW'
                        order by version nulls first, person
                        """)
                .param("ids", applications.stream().map(ApplicationId::value).toArray(UUID[]::new))
                .query(row -> {
                    all.computeIfAbsent(
                                    new ApplicationId(row.getObject("id", UUID.class)),
                                    _ -> new ArrayList<>())
                            .add(
                                    new Waiting(
                                            new PersonId(row.getObject("person", UUID.class)),
                                            Waiting.As.valueOf(row.getString("as_what")),
                                            Optional.ofNullable(
                                                    row.getObject("version", Integer.class)),
                                            Optional.ofNullable(
                                                            row.getObject(
                                                                    "at", OffsetDateTime.class))
                                                    .map(OffsetDateTime::toInstant)));
                });
        return all;
    }

    /** Who has which duty in an application, by duty and name. */
    List<Reviews.Held> duties(ApplicationId application) {
        return jdbc
                .sql(
                        """
                        select d.person, p.name, d.duty
                        from application_duty d join person p on p.id = d.person
                        where d.application = ?
                        """)
                .param(application.value())
                .query((row, _) ->
                        new Reviews.Held(
                                new Application.Participant(
                                        new PersonId(row.getObject("person", UUID.class)),
                                        row.getString("name")),
                                Workflow.Duty.valueOf(row.getString("duty"))))
                .list()
                .stream()
                .sorted(
                        Comparator.comparing(Reviews.Held::duty)
                                .thenComparing(held -> held.person().name()))
                .toList();
    }

    Reviews.Asked asked(Application application) {
        var signers =
                jdbc.sql(
                                """
                                select c.person, p.name, c.signed_at is not null as answered
                                from application_cosigner c join person p on p.id = c.person
                                where c.application = ? and c.revision = ? and c.state = ?
                                order by p.name, p.id
                                """)
                        .params(
                                application.id().value(),
                                application.revision(),
                                application.state().name())
                        .query(ReviewStore::answered)
                        .list();
        var experts =
                jdbc.sql(
                                """
                                select e.person, p.name, exists (
                                    select from application_step t
                                    where t.application = e.application and t.revision = e.revision
                                      and t.command = 'OPINE'
                                      and coalesce(t.on_behalf_of, t.person) = e.person) as answered
                                from application_expert e join person p on p.id = e.person
                                where e.application = ? and e.revision = ? order by p.name, p.id
                                """)
                        .params(application.id().value(), application.revision())
                        .query(ReviewStore::answered)
                        .list();
        int quorum =
                jdbc.sql("select coalesce(quorum, 0) from application where id = ?")
                        .param(application.id().value())
                        .query(Integer.class)
                        .single();
        return new Reviews.Asked(signers, experts, quorum);
    }

    private static Reviews.Asked.Answered answered(ResultSet row, int number) throws SQLException {
        return new Reviews.Asked.Answered(
                new Application.Participant(
                        new PersonId(row.getObject("person", UUID.class)), row.getString("name")),
                row.getBoolean("answered"));
    }
}
