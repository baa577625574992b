package io.yuntai.sandbox.traces;

import io.yuntai.billing.ranking.Rules;
import io.yuntai.billing.reconciliation.DeliveryBucket;
import io.yuntai.billing.reconciliation.PoolBooks;
import io.yuntai.billing.reconciliation.PoolStanding;
import io.yuntai.testkit.TestPostgres;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** The services of billing on an empty database of their own. */
final class Billing {

    private Billing() {}

    /** By the clock of this machine. */
    static AnnotationConfigApplicationContext started() {
        var spring = prepared();
        spring.refresh();
        return spring;
    }

    /** With a Prometheus for the cluster {@code a}, at a moment. */
    static AnnotationConfigApplicationContext readingFrom(URI prometheus, Instant now) {
        var spring = prepared();
        spring.getEnvironment()
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "prometheus",
                                Map.of(
                                        "yuntai.metering.prometheus[0].cluster",
                                        "a",
                                        "yuntai.metering.prometheus[0].url",
                                        prometheus.toString())));
        spring.registerBean("clock", Clock.class, () -> Clock.fixed(now, ZoneOffset.UTC));
        spring.refresh();
        return spring;
    }

    private static AnnotationConfigApplicationContext prepared() {
        var database = TestPostgres.empty().source();
        var _ =
                Flyway.configure()
                        .dataSource(database)
                        .locations("classpath:db/migration/billing")
                        .load()
                        .migrate();
        var spring = new AnnotationConfigApplicationContext();
        spring.registerBean(DataSource.class, () -> database);
        spring.register(Services.class);
        return spring;
    }

    @Configuration
    @EnableTransactionManagement
    @ComponentScan("io.yuntai.billing")
    static class Services {

        @Bean
        JdbcClient jdbcClient(DataSource data) {
            return JdbcClient.create(data);
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource data) {
            return new JdbcTemplate(data);
        }

        @Bean
        PlatformTransactionManager transactions(DataSource data) {
            return new JdbcTransactionManager(data);
        }

        /** Verdicts ask nothing of the quota. */
        @Bean
        PoolBooks books() {
            return new PoolBooks() {
                @Override
                public List<PoolStanding> at(Instant moment) {
                    return List.of();
                }

                @Override
                public List<Taken> taken(List<Instant> moments) {
                    return List.of();
                }

                @Override
                public List<DeliveryBucket> delivered(YearMonth month, Rules rules, Instant asOf) {
                    return List.of();
                }
            };
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
