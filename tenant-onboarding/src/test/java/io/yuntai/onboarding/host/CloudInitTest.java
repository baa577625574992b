package io.yuntai.onboarding.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudInitTest {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {
                "#!/bin/sh, NOT_CLOUD_CONFIG",
                "#cloud-config\\n- a, NOT_YAML",
                "#cloud-config\\na: [, NOT_YAML",
                "#cloud-config\\na: 1\\na: 2, NOT_YAML",
                "#cloud-config\\na: !!java.lang.Runtime {}, NOT_YAML"
            })
    void refusesWhatIsNoCloudConfig(String text, String code) {
        assertThat(CloudInit.fault(text.replace("\\n", "\n"), "/x").map(Fault::code))
                .contains(code);
    }

    @Test
    void refusesWhatIsTooLongWithoutReadingIt() {
        String megabyte = "#cloud-config\n" + "a".repeat(1 << 20);
        assertThat(CloudInit.fault(megabyte, "/x").map(Fault::code))
                .contains("USER_DATA_TOO_LARGE");
        // Bytes count, not characters.
        String chinese = "#cloud-config\n# " + "云".repeat(6000);
        assertThat(CloudInit.fault(chinese, "/x").map(Fault::code)).contains("USER_DATA_TOO_LARGE");
        assertThat(CloudInit.fault("", "/x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                "a: &a [*a]",
                "a: &a {b: [c, *a]}",
                "a: &a [[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\nb: [[[[[[[[[[[[[[[[[[[[[[[*a]]]]]]]]]]]]]]]]]]]]]]]"
            })
    void refusesWhatIsNestedTooDeepWithoutBuildingIt(String yaml) {
        String text = "#cloud-config\n" + (yaml.equals("[") ? "a: " + "[".repeat(16_000) : yaml);
        assertThat(CloudInit.fault(text, "/x").map(Fault::code)).contains("USER_DATA_TOO_DEEP");
    }

    @Test
    void takesWhatIsNestedAsPeopleDo() {
        assertThat(
                        CloudInit.fault(
                                "#cloud-config\na: "
                                        + "[".repeat(48)
                                        + "]".repeat(48)
                                        + "\nb: &b {c: 1}\nd: [*b, *b]\n",
                                "/x"))
                .isEmpty();
    }

    @Test
    void aHostIsGivenItsNameAndItsKeysInOneDocument() {
        String document =
                CloudInit.document(
                        "web-1",
                        new HostSetup.FirstLogin(
                                "#cloud-config\nssh_authorized_keys: [own]\n", List.of(KEY)));
        assertThat(document)
                .startsWith("#cloud-config\n")
                .contains("hostname: web-1", "- own", "- " + KEY);
        assertThat(CloudInit.fault(document, "/x")).isEmpty();
    }

    @Test
    void takesPublicKeysInOneSpelling() {
        assertThat(SshKeys.parse("  " + KEY.replace(" ", "\t ") + "  me@home "))
                .contains(KEY + " me@home");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ssh-ed25519",
                "ssh-ed25519 AAAA",
                "ssh-dss AAAAB3NzaC1kc3MAAACB",
                "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
                "command=\"rm\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
            })
    void refusesWhatIsNoPublicKey(String line) {
        assertThat(SshKeys.parse(line)).isEmpty();
    }
}
