package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchCondition;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.NamedRuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.NamedRuleWithOperationsBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ParamKind;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Validation;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Variable;
import java.util.List;

/** A guard: the rules, and that they hold everywhere. */
record Guard(ValidatingAdmissionPolicy policy, ValidatingAdmissionPolicyBinding binding) {

    /** A rule about one aspect, and what is said when it is broken. */
    record Rule(String expression, String message) {}

    /** Of the namespaces selected, what is asked for there is let through if all rules hold. */
    static Guard of(
            String name,
            LabelSelector namespaces,
            List<NamedRuleWithOperations> matches,
            List<Rule> rules) {
        return of(name, namespaces, matches, List.of(), List.of(), rules);
    }

    /**
     * Likewise.
     *
     * @param conditions unless all of these hold, the rules are not even looked at
     * @param variables which the rules may name
     */
    static Guard of(
            String name,
            LabelSelector namespaces,
            List<NamedRuleWithOperations> matches,
            List<MatchCondition> conditions,
            List<Variable> variables,
            List<Rule> rules) {
        return new Guard(
                new ValidatingAdmissionPolicyBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(Labels.MANAGED, "true")
                        .endMetadata()
                        .withNewSpec()
                        .withFailurePolicy("Fail")
                        .withNewMatchConstraints()
                        .withMatchPolicy("Equivalent")
                        .withNamespaceSelector(namespaces)
                        .withObjectSelector(new LabelSelector())
                        .withResourceRules(matches)
                        .endMatchConstraints()
                        .withMatchConditions(conditions)
                        .withVariables(variables)
                        .withValidations(rules.stream().map(Guard::validation).toList())
                        .endSpec()
                        .build(),
                new ValidatingAdmissionPolicyBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(Labels.MANAGED, "true")
                        .endMetadata()
                        .withNewSpec()
                        .withPolicyName(name)
                        .withValidationActions("Deny")
                        .endSpec()
                        .build());
    }

    /** The same, with a namespace's lease at hand; refused where there is none. */
    Guard withLease() {
        return withLease("Deny");
    }

    /** The same, with a namespace's lease at hand; nothing is asked where there is none. */
    Guard whereThereIsALease() {
        return withLease("Allow");
    }

    private Guard withLease(String notFound) {
        return new Guard(
                new ValidatingAdmissionPolicyBuilder(policy)
                        .editSpec()
                        .withParamKind(new ParamKind("v1", "ResourceQuota"))
                        .endSpec()
                        .build(),
                new ValidatingAdmissionPolicyBindingBuilder(binding)
                        .editSpec()
                        .withNewParamRef()
                        .withName(Labels.LEASE_NAME)
                        .withParameterNotFoundAction(notFound)
                        .endParamRef()
                        .endSpec()
                        .build());
    }

    private static Validation validation(Rule rule) {
        return new Validation(rule.expression(), rule.message(), null, "Forbidden");
    }

    static NamedRuleWithOperations match(
            String group, List<String> resources, String... operations) {
        return new NamedRuleWithOperationsBuilder()
                .withApiGroups(group)
                .withApiVersions("*")
                .withOperations(operations)
                .withResources(resources)
                .withScope("*")
                .build();
    }

    /** As a text of the Common Expression Language. */
    static String quoted(String text) {
        var quoted = new StringBuilder("'");
        text.codePoints()
                .forEach(point -> {
                    if (point == '\'' || point == '\\') {
                        quoted.append('\\');
                    }
                    quoted.appendCodePoint(point);
                });
        return quoted.append('\'').toString();
    }
}
