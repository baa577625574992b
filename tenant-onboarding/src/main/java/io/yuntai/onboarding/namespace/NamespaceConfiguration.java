package io.yuntai.onboarding.namespace;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DriftProperties.class, FindingProperties.class})
class NamespaceConfiguration {}
