package io.yuntai.onboarding.kubernetes;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/** The clusters of the configuration, unless somebody hands in others, as the try-out does. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ClusterProperties.class, NamespacePolicy.class})
class ClusterConfiguration {

    @Bean
    @Fallback
    ClusterConnections configuredClusters(ClusterProperties properties, NamespacePolicy policy) {
        return ClusterConnections.connect(properties, policy);
    }
}
