package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PermissionsTest {

    /** Of the chart, without what the template fills in. */
    private static ClusterRole role() throws IOException {
        String text =
                Files.readAllLines(Path.of("../helm/yuntai/templates/member-rbac.yaml")).stream()
                        .takeWhile(line -> !line.equals("---"))
                        .filter(line -> !line.strip().startsWith("{{"))
                        .map(line -> line.replaceAll("\\{\\{.*?}}", "x"))
                        .collect(Collectors.joining("\n"));
        return Serialization.unmarshal(
                text.replace("resourceNames:", "resourceNames: [any]"), ClusterRole.class);
    }

    @Test
    void theChartGrantsWhatIsCheckedAndNothingElse() throws IOException {
        List<String> granted =
                role().getRules().stream()
                        .filter(rule -> rule.getResourceNames().isEmpty())
                        .flatMap(rule ->
                                rule.getResources().stream()
                                        .flatMap(resource ->
                                                rule.getVerbs().stream()
                                                        .map(verb ->
                                                                new Permissions.Permission(
                                                                        rule.getApiGroups()
                                                                                .getFirst(),
                                                                        resource,
                                                                        verb))))
                        .map(Permissions.Permission::toString)
                        .toList();
        assertThat(granted)
                .containsExactlyInAnyOrderElementsOf(
                        Permissions.REQUIRED.stream()
                                .map(Permissions.Permission::toString)
                                .toList());
    }
}
