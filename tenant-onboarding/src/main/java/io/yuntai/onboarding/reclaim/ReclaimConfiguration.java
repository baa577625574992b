package io.yuntai.onboarding.reclaim;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Binds {@link ReclaimProperties}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReclaimProperties.class)
class ReclaimConfiguration {}
