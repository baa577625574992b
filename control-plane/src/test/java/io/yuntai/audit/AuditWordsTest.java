package io.yuntai.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Whoever reads the audit reads words: each command that the API takes has some. */
class AuditWordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void everyCommandAndItsTargetHaveWords(String language) {
        var words =
                JsonMapper.shared()
                        .readTree(Path.of("src/main/frontend/src/locales/" + language + ".json"))
                        .get("audit");
        var missing = new ArrayList<String>();
        var actions =
                new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("io.yuntai.api")
                                .stream()
                                .flatMap(type -> type.getMethods().stream())
                                .filter(method -> method.isAnnotatedWith(AuditAction.class))
                                .map((JavaMethod method) ->
                                        method.getAnnotationOfType(AuditAction.class))
                                .toList();
        for (var action : actions) {
            if (!words.get("action").has(action.value().replace('.', '_'))) {
                missing.add(action.value());
            }
            if (!words.get("targetKind").has(action.target())) {
                missing.add(action.target());
            }
        }
        assertThat(actions).hasSizeGreaterThan(50);
        assertThat(missing).isEmpty();
    }
}
