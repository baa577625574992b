package io.yuntai.onboarding.application;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Binds {@link ApplicationProperties} and {@link DeadlineProperties}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ApplicationProperties.class, DeadlineProperties.class})
class ApplicationConfiguration {

    /** Without rules for instant approval everything goes to people. */
    @Bean
    Precheck precheck() {
        return _ -> new Precheck.Outcome.ToHuman("");
    }
}
