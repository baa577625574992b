package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.yuntai.onboarding.kubernetes.ObservedNamespace.Phase;
import io.yuntai.onboarding.kubernetes.ObservedNamespace.Warning;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a cluster tells of a namespace. However many events there are, no more of them are
 * kept than can be shown.
 */
final class NamespaceLook {

    static final String WARNING = "Warning";

    private static final Comparator<Warning> LATEST_FIRST =
            Comparator.comparing(Warning::last).reversed().thenComparing(Warning::object);

    private NamespaceLook() {}

    static ObservedNamespace at(KubernetesClient client, NamespaceName name) {
        var namespace = client.namespaces().withName(name.value()).get();
        if (namespace == null) {
            return ObservedNamespace.ABSENT;
        }
        var latest = new HashMap<String, Warning>();
        Lists.eachOf(
                client.v1().events().inNamespace(name.value()).withField("type", WARNING),
                event -> keep(latest, warning(event)));
        return new ObservedNamespace(
                namespace.getMetadata().getDeletionTimestamp() == null
                        ? Phase.ACTIVE
                        : Phase.TERMINATING,
                conditions(namespace),
                latest.values().stream().sorted(LATEST_FIRST).toList());
    }

    /** One of each reason and object, and of all no more than the latest. */
    private static void keep(Map<String, Warning> latest, Warning warning) {
        latest.merge(
                warning.reason() + " " + warning.object(),
                warning,
                (one, other) -> {
                    var last = one.last().isAfter(other.last()) ? one : other;
                    return new Warning(
                            last.reason(),
                            last.object(),
                            last.message(),
                            one.times() + other.times(),
                            one.first().isBefore(other.first()) ? one.first() : other.first(),
                            last.last());
                });
        if (latest.size() > ObservedNamespace.MOST_WARNINGS) {
            latest.entrySet().stream()
                    .max(Map.Entry.comparingByValue(LATEST_FIRST))
                    .map(Map.Entry::getKey)
                    .ifPresent(latest::remove);
        }
    }

    private static List<String> conditions(Namespace namespace) {
        var status = namespace.getStatus();
        var conditions = status == null ? null : status.getConditions();
        return conditions == null
                ? List.of()
                : conditions.stream()
                        .filter(one -> "True".equals(one.getStatus()))
                        .map(one -> one.getReason() + ": " + one.getMessage())
                        .toList();
    }

    private static Warning warning(Event event) {
        var about = event.getInvolvedObject();
        var series = event.getSeries();
        return new Warning(
                text(event.getReason()),
                about == null ? "" : text(about.getKind()) + "/" + text(about.getName()),
                text(event.getMessage()),
                series != null && series.getCount() != null
                        ? series.getCount()
                        : Objects.requireNonNullElse(event.getCount(), 1),
                time(event, event.getFirstTimestamp()),
                time(event, event.getLastTimestamp()));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Of the several times that an event may bear, by who has written it. */
    private static Instant time(Event event, @Nullable String first) {
        var series = event.getSeries();
        return Stream.of(
                        text(first),
                        series == null || series.getLastObservedTime() == null
                                ? ""
                                : text(series.getLastObservedTime().getTime()),
                        event.getEventTime() == null ? "" : text(event.getEventTime().getTime()),
                        text(event.getMetadata().getCreationTimestamp()))
                .filter(one -> !one.isEmpty())
                .map(NamespaceLook::instant)
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    /** Whoever may write events may write anything: what cannot be read is long ago. */
    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
