package io.yuntai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is append-only is so for the application's own connections, by grant and not by trigger
 * alone.
 */
@ServerTest
class AppendOnlyIT {

    private static final String NOT_GRANTED = "42501";

    @Autowired private JdbcClient jdbc;

    @Test
    void theApplicationWorksAsARoleThatOwnsNothingAppendOnly() {
        assertThat(jdbc.sql("select current_user").query(String.class).single())
                .isEqualTo("yuntai_app");
        assertThat(
                        jdbc.sql(
                                        """
                                        select t.tgrelid::regclass::text from pg_trigger t
                                        join pg_class c on c.oid = t.tgrelid
                                        where t.tgname = 'append_only'
                                          and pg_has_role('yuntai_app', c.relowner, 'MEMBER')
                                        """)
                                .query(String.class)
                                .list())
                .isEmpty();
    }

    @Test
    void noAppendOnlyTableCanBeChangedEmptiedOrUnguarded() {
        assertThat(appendOnly())
                .contains(
                        "quota_transfer",
                        "quota_leg",
                        "quota_entry",
                        "quota_shortfall",
                        "quota_limit_change",
                        "audit_entry",
                        "application_step");
        for (var table : appendOnly()) {
            var column =
                    jdbc.sql(
                                    """
                                    select quote_ident(attname) from pg_attribute
                                    where attrelid = ?::regclass and attnum > 0
                                      and not attisdropped and attidentity = ''
                                    order by attnum limit 1
                                    """)
                            .param(table)
                            .query(String.class)
                            .single();
            for (var sql :
                    List.of(
                            "update %s set %s = %s".formatted(table, column, column),
                            "delete from " + table,
                            "truncate " + table,
                            "alter table " + table + " disable trigger append_only",
                            "drop trigger append_only on " + table,
                            "drop table " + table)) {
                assertThatThrownBy(() -> jdbc.sql(sql).update())
                        .as(sql)
                        .rootCause()
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo(NOT_GRANTED));
            }
        }
    }

    private List<String> appendOnly() {
        return jdbc.sql(
                        "select tgrelid::regclass::text from pg_trigger where tgname = 'append_only'")
                .query(String.class)
                .list();
    }
}
