package io.yuntai.sandbox.bench;

import io.yuntai.onboarding.application.Takers;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.instant.UnitRecords;
import io.yuntai.onboarding.kubernetes.ClusterConnections;
import io.yuntai.onboarding.kubernetes.ClusterProperties;
import io.yuntai.onboarding.kubernetes.NamespacePolicy;
import io.yuntai.onboarding.reclaim.Judgement;
import io.yuntai.onboarding.reclaim.VerdictRecords;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** All of onboarding, and no web server before it. */
final class OnboardingContext {

    private OnboardingContext() {}

    /**
     * Starts it on a database that has been migrated.
     *
     * @param clusters which are connected, and closed with it
     */
    static AnnotationConfigApplicationContext start(
            DataSource data, List<ClusterProperties.Member> clusters) {
        var spring = new AnnotationConfigApplicationContext();
        spring.registerBean(DataSource.class, () -> data);
        spring.registerBean(
                ClusterConnections.class,
                () ->
                        ClusterConnections.connect(
                                new ClusterProperties(clusters, Map.of()),
                                NamespacePolicy.DEFAULT));
        spring.register(Parts.class);
        spring.refresh();
        return spring;
    }

    @EnableTransactionManagement(proxyTargetClass = true)
    @ComponentScan("io.yuntai.onboarding")
    static class Parts {

        /** Roles are the control plane's matter, which is not here. */
        @Bean
        Takers takers() {
            return _ -> EnumSet.allOf(Workflow.Part.class);
        }

        /** So is billing, and with it how well units use what they have. */
        @Bean
        UnitRecords unitRecords() {
            return new UnitRecords() {
                @Override
                public Optional<Use> use(UnitId unit, Instant now) {
                    return Optional.empty();
                }

                @Override
                public boolean isReclaimOverdue(UnitId unit, Instant now) {
                    return false;
                }
            };
        }

        /** And with it what is said of hosts by their use. */
        @Bean
        VerdictRecords verdictRecords() {
            return new VerdictRecords() {
                @Override
                public List<Judgement> of(Collection<HostId> hosts, Instant now) {
                    return List.of();
                }

                @Override
                public List<Judgement> wasteful(UnitId unit, Instant now) {
                    return List.of();
                }
            };
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource data) {
            return new JdbcTemplate(data);
        }

        @Bean
        JdbcClient jdbcClient(JdbcTemplate template) {
            return JdbcClient.create(template);
        }

        @Bean
        PlatformTransactionManager transactions(DataSource data) {
            return new JdbcTransactionManager(data);
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
