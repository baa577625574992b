package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.kubernetes.NamespaceName;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How clusters are looked through for what nobody manages.
 *
 * @param every {@code yuntai.findings.every}: how long after one look the next is due
 * @param ignored {@code yuntai.findings.ignored}: namespaces of the cluster itself, which nobody
 *     shall take over; with a dash at its end it is a prefix
 */
@ConfigurationProperties("yuntai.findings")
public record FindingProperties(
        @DefaultValue("5m") Duration every,
        @DefaultValue({"default", "kube-", "kubevirt", "cdi", "cert-manager", "monitoring"})
                List<String> ignored) {

    public FindingProperties {
        ignored = List.copyOf(ignored);
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a cluster is looked through within " + every);
        }
    }

    boolean ignores(NamespaceName namespace) {
        return ignored.stream()
                .anyMatch(one ->
                        one.endsWith("-")
                                ? namespace.value().startsWith(one)
                                : namespace.value().equals(one));
    }
}
