package io.yuntai.onboarding.application;

import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

    /** Somebody who was asked to sign in the application's present state and revision. */
    record Cosigner(PersonId person, Optional<Instant> signedAt) {}

    List<Cosigner> cosigners(Application application) {
        return jdbc.sql(
                        """
                        select person, signed_at from application_cosigner
                        where application = ? and revision = ? and state = ? order by person
                        """)
                .params(
                        application.id().value(),
                        application.revision(),
                        application.state().name())
                .query((row, _) ->
                        new Cosigner(
                                new PersonId(row.getObject("person", UUID.class)),
                                Optional.ofNullable(
                                                row.getObject("signed_at", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant)))
                .list();
    }

    /** Whether he had not been asked before. */
    boolean askToSign(Application application, PersonId person) {
        return jdbc.sql(
                                """
                                insert into application_cosigner (application, revision, state, person)
                                values (?, ?, ?, ?) on conflict do nothing
                                """)
                        .params(
                                application.id().value(),
                                application.revision(),
                                application.state().name(),
                                person.value())
                        .update()
                == 1;
    }

    /** Whether he was asked, and had not signed before. */
    boolean sign(Application application, PersonId person, Instant at) {
        return jdbc.sql(
                                """
                                update application_cosigner set signed_at = ?
                                where application = ? and revision = ? and state = ? and person = ?
                                  and signed_at is null
                                """)
                        .params(
                                at.atOffset(ZoneOffset.UTC),
                                application.id().value(),
                                application.revision(),
                                application.state().name(),
                                person.value())
                        .update()
                == 1;
    }

    void ask(Application application, List<PersonId> experts, int quorum) {
        for (var expert : experts) {
            var _ =
                    jdbc.sql(
                                    """
                                    insert into application_expert (application, revision, person)
                                    values (?, ?, ?)
                                    """)
                            .params(
                                    application.id().value(),
                                    application.revision(),
                                    expert.value())
                            .update();
        }
        var _ =
                jdbc.sql("update application set quorum = ? where id = ?")
                        .params(quorum, application.id().value())
                        .update();
    }

    /** The experts who were asked in this revision. */
    List<PersonId> experts(Application application) {
        return jdbc.sql(
                        """
                        select person from application_expert where application = ? and revision = ?
                        order by person
                        """)
                .params(application.id().value(), application.revision())
                .query((row, _) -> new PersonId(row.getObject("person", UUID.class)))
                .list();
    }

    boolean isAsked(Application application, PersonId person) {
        return experts(application).contains(person);
    }

    boolean hasOpinion(Application application, PersonId expert) {
        return jdbc.sql(
                        """
                        select exists (
                            select from application_step
                            where application = :id and revision = :revision and command = 'OPINE'
                              and coalesce(on_behalf_of, person) = :person)
                        """)
                .param("id", application.id().value())
                .param("revision", application.revision())
                .param("person", expert.value())
                .query(Boolean.class)
                .single();
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
