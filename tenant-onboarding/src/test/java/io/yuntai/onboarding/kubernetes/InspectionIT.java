package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.kubernetes.ClusterCheck.Outcome;
import io.yuntai.onboarding.kubernetes.ClusterCheck.Subject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found of a cluster that is registered, where it is not as it should be. */
class InspectionIT {

    private AlteredApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = AlteredApiServer.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private ClusterCheck check(Subject subject, Duration ahead) {
        return ClusterInspector.inspect(
                        server.kubeconfig(),
                        ResourceNames.DEFAULT,
                        NamespacePolicy.DEFAULT,
                        // Ours is behind by as much as theirs is ahead.
                        Clock.offset(Clock.systemUTC(), ahead.negated()))
                .checks()
                .stream()
                .filter(one -> one.subject() == subject)
                .findAny()
                .orElseThrow();
    }

    private ClusterCheck check(Subject subject) {
        return check(subject, Duration.ZERO);
    }

    private static UnaryOperator<String> version(String git) {
        return body ->
                body.replaceFirst("\"gitVersion\": *\"[^\"]*\"", "\"gitVersion\": \"" + git + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "v1.29.15, FAILED, VERSION_UNSUPPORTED",
        "v1.30.0, PASSED, VERSION_SUPPORTED",
        "v1.36.2+k3s1, PASSED, VERSION_SUPPORTED",
        "v1.37.0, WARNING, VERSION_UNTRIED",
        "v2.0.0, FAILED, VERSION_UNSUPPORTED",
        "newest, FAILED, VERSION_UNREAD"
    })
    void itsVersionIsOneThatWeRunOn(String git, Outcome outcome, String code) {
        server.at("/version", version(git));

        assertThat(check(Subject.VERSION).outcome()).isEqualTo(outcome);
        assertThat(check(Subject.VERSION).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, PASSED, CLOCK_AGREES",
        "PT1M, WARNING, CLOCK_AHEAD",
        "-PT1M, WARNING, CLOCK_BEHIND",
        "PT10M, FAILED, CLOCK_AHEAD",
        "-PT10M, FAILED, CLOCK_BEHIND"
    })
    void itsClockAgreesWithOurs(Duration ahead, Outcome outcome, String code) {
        assertThat(check(Subject.CLOCK, ahead).outcome()).isEqualTo(outcome);
        assertThat(check(Subject.CLOCK, ahead).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"kubevirt.io, KUBEVIRT", "cdi.kubevirt.io, CDI"})
    void withoutKubeVirtOrItsImporterThereIsAWarning(String group, Subject subject) {
        server.at(
                "/apis/" + group,
                _ ->
                        """
                        {"kind": "APIGroup", "apiVersion": "v1", "name": "any",
                         "versions": [{"groupVersion": "any/v1", "version": "v1"}]}
                        """);
        assertThat(check(subject).outcome()).isEqualTo(Outcome.PASSED);

        server.without("/apis/" + group);

        assertThat(check(subject).outcome()).isEqualTo(Outcome.WARNING);
        assertThat(check(subject).code()).isEqualTo(subject + "_MISSING");
    }

    /** Of a user who may do all that Yuntai does, and is not let give people their roles. */
    @Test
    void whoeverMayNotGivePeopleTheirRolesIsTold() {
        server.at(
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                body ->
                        body.contains("\"bind\"")
                                ? body.replaceFirst("\"allowed\": *true", "\"allowed\": false")
                                : body);

        var permissions = check(Subject.PERMISSIONS);

        assertThat(permissions.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(permissions.code()).isEqualTo("NOT_PERMITTED");
        assertThat(permissions.arguments())
                .containsExactly(
                        "2",
                        "clusterroles.rbac.authorization.k8s.io/edit (bind);"
                                + " clusterroles.rbac.authorization.k8s.io/view (bind)");
    }

    @Test
    void withoutPoliciesOfAdmissionNothingCanBeGuarded() {
        assertThat(check(Subject.GUARDS).outcome()).isEqualTo(Outcome.PASSED);

        server.without("/apis/admissionregistration.k8s.io/v1");

        assertThat(check(Subject.GUARDS).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(check(Subject.GUARDS).code()).isEqualTo("GUARDS_UNSUPPORTED");
    }

    @Test
    void withoutNodesThereIsAWarning() {
        server.at(
                "/api/v1/nodes",
                _ ->
                        "{\"kind\": \"NodeList\", \"apiVersion\": \"v1\", \"metadata\": {}, \"items\": []}");

        assertThat(check(Subject.NODES).outcome()).isEqualTo(Outcome.WARNING);
        assertThat(check(Subject.NODES).code()).isEqualTo("NODES_NONE");
    }
}
