package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.onboarding.cluster.ClusterHealth;
import io.yuntai.onboarding.kubernetes.ClusterCheck;
import io.yuntai.onboarding.kubernetes.Inspection;
import io.yuntai.onboarding.kubernetes.Symptom;
import io.yuntai.onboarding.ledger.ClusterState;
import java.time.Instant;
import java.util.List;
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

    ClusterTexts(MessageSource messages) {
        this.messages = messages;
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

    @Schema(name = "ClusterHealth")
    record HealthView(ClusterHealth.Status status, List<SymptomView> symptoms) {}

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

    HealthView health(ClusterHealth health) {
        return new HealthView(health.status(), health.symptoms().stream().map(this::view).toList());
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

    /** Empty where there is none: not everything needs something to be done. */
    private String text(String key, Object... arguments) {
        String text = messages.getMessage(key, arguments, "", LocaleContextHolder.getLocale());
        return text == null ? "" : text;
    }
}
