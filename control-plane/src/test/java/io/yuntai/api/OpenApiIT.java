package io.yuntai.api;

import static io.yuntai.Town.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

@ServerTest
class OpenApiIT {

    private static final Path SNAPSHOT = Path.of("src/test/resources/openapi.json");
    private static final Path SERVED = Path.of("target/openapi.json");
    private static final UUID NOBODY = new UUID(0, 7);

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;

    @Test
    void theDescriptionThatIsServedIsTheOneInTheRepository() throws Exception {
        Town.people(accounts);
        String json =
                server.perform(get("/api/v1/openapi.json").with(as(Town.BUREAU)))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString(UTF_8);
        var mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        String served = mapper.writeValueAsString(mapper.readTree(json)) + "\n";
        Files.writeString(SERVED, served);
        assertThat(Files.exists(SNAPSHOT) ? Files.readString(SNAPSHOT) : "")
                .as(
                        """
                        The API has changed. When that is meant, and still compatible:
                        cp control-plane/target/openapi.json control-plane/src/test/resources/openapi.json
                        """)
                .isEqualTo(served);
    }

    /** No database keeps a NUL: whatever text it stands in, that is refused, and never a fault. */
    @Test
    void aTextThatCannotBeKeptIsRefusedWhereverItIsSaid() throws Exception {
        Town.people(accounts);
        var api = JsonMapper.builder().build().readTree(Files.readString(SNAPSHOT));
        for (var path : api.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                var schema =
                        operation.getValue().at("/requestBody/content/application~1json/schema");
                var request =
                        request(
                                HttpMethod.valueOf(operation.getKey().toUpperCase(Locale.ROOT)),
                                URI.create(path.getKey().replaceAll("\\{[^}]+}", "" + NOBODY)));
                for (var parameter : operation.getValue().path("parameters")) {
                    if (parameter.get("name").asString().equals("q")) {
                        request.queryParam("q", "a\0b");
                    }
                }
                if (!schema.isMissingNode()) {
                    request.contentType(MediaType.APPLICATION_JSON)
                            .content(said(schema, api, 0).toString());
                }
                for (var login : List.of(Town.OPERATOR, Town.BUREAU)) {
                    assertThat(
                                    server.perform(request.with(as(login)))
                                            .andReturn()
                                            .getResponse()
                                            .getStatus())
                            .as("%s %s by %s", operation.getKey(), path.getKey(), login)
                            .isLessThan(500);
                }
            }
        }
    }

    /** As a schema says, each text that has no form of its own with a NUL in it. */
    private static JsonNode said(JsonNode schema, JsonNode api, int depth) {
        var nodes = JsonNodeFactory.instance;
        String ref = schema.path("$ref").asString("");
        if (!ref.isEmpty()) {
            return said(api.at(ref.substring(1)), api, depth);
        }
        return switch (schema.path("type").asString("object")) {
            case "string" ->
                    nodes.stringNode(
                            schema.has("enum")
                                    ? schema.get("enum").get(0).asString()
                                    : switch (schema.path("format").asString("")) {
                                        case "uuid" -> "" + NOBODY;
                                        case "date" -> "2041-01-01";
                                        case "date-time" -> "2041-01-01T00:00:00Z";
                                        default -> "a\0b";
                                    });
            case "integer", "number" -> nodes.numberNode(1);
            case "boolean" -> nodes.booleanNode(true);
            case "array" -> nodes.arrayNode().add(said(schema.path("items"), api, depth + 1));
            default -> {
                var object = nodes.objectNode();
                if (depth < 5) {
                    schema.path("properties")
                            .properties()
                            .forEach(member ->
                                    object.set(
                                            member.getKey(),
                                            said(member.getValue(), api, depth + 1)));
                }
                yield object.isEmpty() ? object.put("purpose", "a\0b") : object;
            }
        };
    }
}
