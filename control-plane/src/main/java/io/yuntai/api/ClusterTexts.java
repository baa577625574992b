package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.onboarding.cluster.ClusterHealth;
import io.yuntai.onboarding.cluster.ClusterObservation;
import io.yuntai.onboarding.cluster.ClusterObservations;
import io.yuntai.onboarding.kubernetes.ClusterCheck;
import io.yuntai.onboarding.kubernetes.Inspection;
import io.yuntai.onboarding.kubernetes.Symptom;
import io.yuntai.onboarding.ledger.ClusterState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * What is found of clusters, in the caller's language: {@code cluster.check.CODE}, {@code
 * cluster.symptom.KIND}, and the same with {@code .do} for what is to be done.
 */
@Component
class ClusterTexts {

    private final MessageSource messages;
    private final Clock clock;

    ClusterTexts(MessageSource messages, Clock clock) {
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * One thing that was looked into.
     *
     * @param todo what is to be done; empty where nothing is
     */
    @Schema(name = "ClusterCheck")
    record CheckView(
            ClusterCheck.Subject subject,
            ClusterCheck.Outcome outcome,
            String code,
            String text,
            String todo) {}

    /**
     * Something that is wrong with a cluster.
     *
     * @param detail the cluster's own words; may be empty
     * @param todo what is to be done
     */
    @Schema(name = "ClusterSymptom")
    record SymptomView(Symptom.Kind kind, Instant since, String detail, String text, String todo) {}

    /**
     * How a cluster is, whichever server is asked.
     *
     * @param status the worst that any server has met lately; unknown when none has said anything
     *     lately
     * @param symptoms as that server has met them; where all is stale, as they were last
     * @param stale whether no server has said anything lately
     * @param observations of each server
     */
    @Schema(name = "ClusterHealth")
    record HealthView(
            ClusterHealth.Status status,
            List<SymptomView> symptoms,
            Optional<String> server,
            Optional<Instant> observedAt,
            boolean stale,
            List<ObservationView> observations) {}

    /** How one server has met it last. */
    @Schema(name = "ClusterObservation")
    record ObservationView(
            String server, ClusterHealth.Status status, Instant observedAt, boolean stale) {}

    List<CheckView> checks(Inspection inspection) {
        return inspection.checks().stream().map(this::view).toList();
    }

    private CheckView view(ClusterCheck check) {
        String key = "cluster.check." + check.code();
        return new CheckView(
                check.subject(),
                check.outcome(),
                check.code(),
                text(key, check.arguments().toArray()),
                text(key + ".do", check.arguments().toArray()));
    }

    HealthView health(ClusterObservations.Summary met) {
        var now = clock.instant();
        var decisive = met.decisive();
        return new HealthView(
                decisive.filter(_ -> !met.stale())
                        .map(one -> one.health().status())
                        .orElse(ClusterHealth.Status.UNKNOWN),
                decisive.map(one -> one.health().symptoms().stream().map(this::view).toList())
                        .orElse(List.of()),
                decisive.map(ClusterObservation::server),
                decisive.map(ClusterObservation::at),
                met.stale(),
                met.all().stream()
                        .map(one ->
                                new ObservationView(
                                        one.server(),
                                        one.health().status(),
                                        one.at(),
                                        one.isStale(now)))
                        .toList());
    }

    private SymptomView view(Symptom symptom) {
        return new SymptomView(
                symptom.kind(),
                symptom.since(),
                symptom.detail(),
                text(symptom.kind()),
                text("cluster.symptom." + symptom.kind() + ".do"));
    }

    /** Without the details, for those who do not run the cloud. */
    String text(Symptom.Kind kind) {
        return text("cluster.symptom." + kind);
    }

    /** Of one that people have taken out of use. */
    String text(ClusterState state) {
        return text("cluster.state." + state);
    }

    /** Of one that will not have a namespace, or something in it. */
    String refused(String reason) {
        return text("cluster.refused", reason);
    }

    /** Empty where there is none: not everything needs something to be done. */
    private String text(String key, Object... arguments) {
        String text = messages.getMessage(key, arguments, "", LocaleContextHolder.getLocale());
        return text == null ? "" : text;
    }
}
