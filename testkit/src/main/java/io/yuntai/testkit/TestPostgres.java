package io.yuntai.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * One PostgreSQL per JVM for tests; every call for a database gets a new one, so that tests share
 * nothing. The server starts with the first call and ends with the JVM.
 */
public final class TestPostgres {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestPostgres() {}

    /**
     * A database of one test.
     *
     * @param url for JDBC; the user is {@link PostgresServer#USER}, without a password
     * @param source connections that are not pooled
     */
    public record Database(String name, String url, DataSource source) {}

    /** A new database with nothing in it. */
    public static Database empty() {
        return create("template0");
    }

    /**
     * A new database with the tables and rows of another one of this server. Nobody may be
     * connected to that.
     *
     * @throws IllegalStateException when the server refuses
     */
    public static Database copyOf(Database template) {
        return create(template.name());
    }

    private static Database create(String template) {
        PostgresServer server = Shared.SERVER;
        String name = "test_" + NUMBER.incrementAndGet();
        try (Connection connection = server.database("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make database " + name, e);
        }
        return new Database(name, server.url(name), server.database(name));
    }

    private static final class Shared {
        static final PostgresServer SERVER = PostgresServer.temporary();

        private Shared() {}
    }
}
