package io.yuntai.onboarding;

import io.yuntai.onboarding.application.Takers;
import io.yuntai.onboarding.application.Workflow;
import java.util.EnumSet;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** All services of this module on a database; the test adds that, and a clock. */
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement(proxyTargetClass = true)
@ComponentScan({
    "io.yuntai.onboarding.adoption",
    "io.yuntai.onboarding.application",
    "io.yuntai.onboarding.calendar",
    "io.yuntai.onboarding.cluster",
    "io.yuntai.onboarding.host",
    "io.yuntai.onboarding.instant",
    "io.yuntai.onboarding.kubernetes",
    "io.yuntai.onboarding.ledger",
    "io.yuntai.onboarding.namespace",
    "io.yuntai.onboarding.reclaim",
    "io.yuntai.onboarding.reconcile",
    "io.yuntai.onboarding.region",
    "io.yuntai.onboarding.register",
    "io.yuntai.onboarding.reorganization",
    "io.yuntai.onboarding.rules",
    "io.yuntai.onboarding.system",
    "io.yuntai.onboarding.unit"
})
public class OnboardingParts {

    /** Everybody may act in every part: what keeps people apart here is what they did before. */
    @Bean
    Takers takers() {
        return _ -> EnumSet.allOf(Workflow.Part.class);
    }

    /** Billing is the control plane's matter, which is not here: a test may say what it knows. */
    @Bean
    KnownUnits unitRecords() {
        return new KnownUnits();
    }

    /** So is what is said of hosts by their use. */
    @Bean
    KnownVerdicts verdictRecords() {
        return new KnownVerdicts();
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
}
