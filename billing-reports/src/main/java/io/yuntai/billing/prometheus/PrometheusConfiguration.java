package io.yuntai.billing.prometheus;

import io.yuntai.billing.metering.NamespaceSource;
import io.yuntai.billing.metering.UsageSource;
import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Two sources of measured use for each Prometheus that is configured, named after its cluster: one
 * of hosts, one of namespaces.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PrometheusProperties.class)
@Import(PrometheusConfiguration.Sources.class)
class PrometheusConfiguration {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Each is a bean of its own: under its name it is noted how far it was read. */
    static final class Sources implements BeanRegistrar {

        @Override
        public void register(BeanRegistry registry, Environment environment) {
            var http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
            for (var server :
                    Binder.get(environment)
                            .bindOrCreate("yuntai.metering", PrometheusProperties.class)
                            .prometheus()) {
                registry.registerBean(
                        "prometheus-" + server.cluster(),
                        UsageSource.class,
                        bean ->
                                bean.supplier(_ ->
                                        new PrometheusUsage(server, new RangeQuery(http, server))));
                registry.registerBean(
                        "kubelet-" + server.cluster(),
                        NamespaceSource.class,
                        bean ->
                                bean.supplier(_ ->
                                        new KubeletUsage(server, new RangeQuery(http, server))));
            }
        }
    }
}
