package io.yuntai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the sources show: their SQL, and whether every code has its words. */
class SourcesTest {

    private static final List<String> MODULES =
            List.of("quota-engine", "tenant-onboarding", "billing-reports", "control-plane");
    private static final Pattern CLOCK_OF_THE_DATABASE =
            Pattern.compile(
                    "(?i)\\b(now\\(\\)|current_timestamp|current_date|localtimestamp|"
                            + "(clock|statement|transaction)_timestamp\\()");
    private static final Pattern REFUSAL =
            Pattern.compile("Refused\\s*\\.\\s*(?!quotaShort)\\w+\\(\\s*\"([A-Z_]+)\"");
    private static final Pattern FAULT =
            Pattern.compile("Fault\\s*\\.\\s*at\\([^;]*?,\\s*\"([A-Z_]+)\"");

    private static List<Path> sources(String ending) throws IOException {
        var files = new ArrayList<Path>();
        for (String module : MODULES) {
            try (Stream<Path> all = Files.walk(Path.of("..", module, "src", "main"))) {
                all.filter(file -> !file.toString().contains("node_modules"))
                        .filter(file -> file.toString().endsWith(ending))
                        .forEach(files::add);
            }
        }
        assertThat(files).isNotEmpty();
        return files;
    }

    @ParameterizedTest
    @ValueSource(strings = {".sql", "Store.java", "Rows.java", "Views.java", "Tree.java"})
    void sqlNeverAsksTheDatabaseForTheTime(String ending) throws IOException {
        for (Path file : sources(ending)) {
            var code =
                    Files.readAllLines(file).stream()
                            .filter(line -> !line.strip().startsWith("--"))
                            .filter(line -> CLOCK_OF_THE_DATABASE.matcher(line).find());
            assertThat(code).as(file.toString()).isEmpty();
        }
    }

    /** They have one history: of two with the same version the server starts with neither. */
    @Test
    void noTwoMigrationsOfAnyModuleHaveTheSameVersion() throws IOException {
        assertThat(
                        sources(".sql").stream()
                                .map(file -> file.getFileName().toString())
                                .filter(name -> name.startsWith("V"))
                                .map(name -> name.substring(0, name.indexOf("__"))))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"problems", "problems_en"})
    void everyCodeHasItsWords(String language) throws IOException {
        var words = new Properties();
        try (Reader file =
                Files.newBufferedReader(
                        Path.of("src/main/resources/messages", language + ".properties"), UTF_8)) {
            words.load(file);
        }
        for (String code : codes(REFUSAL)) {
            assertThat(words).containsKey("problem." + code);
        }
        for (String code : codes(FAULT)) {
            assertThat(words).containsKey("fault." + code);
        }
    }

    private static Set<String> codes(Pattern pattern) throws IOException {
        var codes = new TreeSet<String>();
        for (Path file : sources(".java")) {
            var matcher = pattern.matcher(Files.readString(file));
            while (matcher.find()) {
                codes.add(matcher.group(1));
            }
        }
        assertThat(codes).hasSizeGreaterThan(5);
        return codes;
    }

    @Test
    void bothLanguagesSayTheSameThings() throws IOException {
        var messages = Path.of("src/main/resources/messages");
        try (Stream<Path> files = Files.list(messages)) {
            for (Path english :
                    files.filter(f -> f.toString().endsWith("_en.properties")).toList()) {
                String name = english.getFileName().toString().replace("_en", "");
                assertThat(keys(english)).as(name).isEqualTo(keys(messages.resolve(name)));
            }
        }
    }

    private static Set<Object> keys(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
            properties.load(reader);
        }
        return properties.keySet();
    }
}
