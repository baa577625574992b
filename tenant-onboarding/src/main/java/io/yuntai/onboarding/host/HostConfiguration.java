package io.yuntai.onboarding.host;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Binds {@link HostProperties}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HostProperties.class)
class HostConfiguration {}
