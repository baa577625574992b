package io.yuntai.billing.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.testkit.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What others make of our digests and signatures: whoever doubts a report takes no program of ours.
 */
class SigningKeyTest {

    private static final byte[] TEXT =
            "report\tmonth=2026-10\n江门市气象局\n".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path folder;

    /** GB/T 32905-2016, annex A. */
    @ParameterizedTest
    @CsvSource({
        "abc, 1, 66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        "abcd, 16, debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    })
    void digestsAreThoseOfTheStandard(String text, int times, String digest) {
        assertThat(Sm3.hexOf(text.repeat(times).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(digest);
    }

    /** By the command that docs/ranking.md gives, with the user id that the standard names. */
    @Test
    void openSslVerifiesWhatIsSignedHere() throws Exception {
        var key = SigningKey.generate();
        Files.writeString(folder.resolve("published.pem"), SigningKey.publicPem(key.publicKey()));
        Files.write(folder.resolve("signature"), key.sign(TEXT));
        Files.write(folder.resolve("signed"), TEXT);
        assertThat(verified("1234567812345678")).isTrue();
        assertThat(verified("8765432187654321")).isFalse();
        Files.write(folder.resolve("signed"), "report".getBytes(StandardCharsets.UTF_8));
        assertThat(verified("1234567812345678")).isFalse();
    }

    @Test
    void aKeyThatOpenSslMadeSigns() throws Exception {
        assertThat(openssl("genpkey", "-algorithm", "SM2", "-out", "key.pem")).isZero();
        var key = SigningKey.ofPem(Files.readString(folder.resolve("key.pem")));
        Files.writeString(folder.resolve("published.pem"), SigningKey.publicPem(key.publicKey()));
        Files.write(folder.resolve("signature"), key.sign(TEXT));
        Files.write(folder.resolve("signed"), TEXT);
        assertThat(verified("1234567812345678")).isTrue();
    }

    private boolean verified(String user) throws Exception {
        return openssl(
                        "dgst",
                        "-sm3",
                        "-verify",
                        "published.pem",
                        "-signature",
                        "signature",
                        "-sigopt",
                        "distid:" + user,
                        "signed")
                == 0;
    }

    private int openssl(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add("openssl");
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw Requirement.missing("OpenSSL 3 is not on the search path: " + e.getMessage());
        }
    }
}
