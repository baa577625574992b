package io.yuntai.onboarding.rules;

import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * What was a setting once and is a version of the rules now. A server that finds one does not
 * start: whoever has written it believes that it has an effect.
 */
@Component
class RemovedSettings {

    private static final List<String> NAMES =
            List.of(
                    "yuntai.deadlines.remind-after",
                    "yuntai.deadlines.escalate-after",
                    "yuntai.deadlines.warn-after",
                    "yuntai.deadlines.deem-after",
                    "yuntai.deadlines.deliver-within",
                    "yuntai.applications.lock-expires-after",
                    "yuntai.applications.experts-from-vcpu",
                    "yuntai.hosts.recycle-bin",
                    "yuntai.hosts.trial",
                    "yuntai.hosts.term-notices",
                    "yuntai.hosts.retire-after",
                    "yuntai.reclaim.remind-after",
                    "yuntai.reclaim.answer-within",
                    "yuntai.reclaim.evidence-days",
                    "yuntai.reclaim.longest-delay",
                    "yuntai.reclaim.p95-at-most",
                    "yuntai.reclaim.peak-at-most");

    RemovedSettings(Environment environment) {
        var binder = Binder.get(environment);
        var found =
                NAMES.stream()
                        .filter(name -> binder.bind(name, Bindable.listOf(String.class)).isBound())
                        .toList();
        if (!found.isEmpty()) {
            throw new IllegalStateException(
                    "no settings any more, but versions of the working rules that the bureau "
                            + "approves (console: Policies); remove them: "
                            + String.join(", ", found));
        }
    }
}
