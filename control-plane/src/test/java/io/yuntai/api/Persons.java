package io.yuntai.api;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People whom no town has. */
final class Persons {

    private Persons() {}

    /** The login of somebody who may do nothing. */
    static String withoutARole(JdbcClient jdbc) {
        String login = "nobody-" + UUID.randomUUID();
        var _ =
                jdbc.sql("insert into person (id, login, name) values (?, ?, ?)")
                        .params(UUID.randomUUID(), login, login)
                        .update();
        return login;
    }
}
