package io.yuntai.onboarding.application;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Binds {@link ApplicationProperties} and {@link DeadlineProperties}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ApplicationProperties.class, DeadlineProperties.class})
class ApplicationConfiguration {}
