package io.yuntai.api;

import static io.yuntai.Town.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.security.Accounts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

@ServerTest
class OpenApiIT {

    private static final Path SNAPSHOT = Path.of("src/test/resources/openapi.json");
    private static final Path SERVED = Path.of("target/openapi.json");

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
}
