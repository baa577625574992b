package io.yuntai.onboarding.application;

import io.yuntai.onboarding.unit.PersonId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owns application_command. */
@Repository
class CommandKeyStore {

    private final JdbcClient jdbc;

    CommandKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What was taken under a key. */
    record Taken(ApplicationId application, String content) {}

    /** Has others with the same key wait until the transaction ends; before any other lock. */
    void hold(PersonId person, CommandKey key) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("application_command/" + person + "/" + key)
                .query(_ -> {});
    }

    Optional<Taken> find(PersonId person, CommandKey key) {
        return jdbc.sql(
                        "select application, content from application_command where person = ? and key = ?")
                .params(person.value(), key.value())
                .query((row, _) ->
                        new Taken(
                                new ApplicationId(row.getObject("application", UUID.class)),
                                row.getString("content")))
                .optional();
    }

    void insert(
            PersonId person,
            CommandKey key,
            ApplicationId application,
            String content,
            Instant at) {
        var _ =
                jdbc.sql(
                                """
                                insert into application_command (person, key, application, content, at)
                                values (?, ?, ?, ?, ?)
                                """)
                        .params(
                                person.value(),
                                key.value(),
                                application.value(),
                                content,
                                at.atOffset(ZoneOffset.UTC))
                        .update();
    }
}
