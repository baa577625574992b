package io.yuntai.billing.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The configured key; read when the server starts, so that a wrong one is found then. */
@Component
@EnableConfigurationProperties(ReportProperties.class)
class SigningKeys {

    private final Optional<SigningKey> key;

    SigningKeys(ReportProperties properties) {
        this.key =
                properties
                        .file()
                        .map(SigningKeys::ofFile)
                        .or(() -> properties.store().map(store -> ofStore(store, properties)));
    }

    Optional<SigningKey> current() {
        return key;
    }

    private static SigningKey ofFile(Path file) {
        try {
            return SigningKey.ofPem(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key of reports", e);
        }
    }

    private static SigningKey ofStore(Path file, ReportProperties properties) {
        var password = properties.keyStorePassword().toCharArray();
        try (var in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12", new BouncyCastleProvider());
            store.load(in, password);
            var found = store.getKey(properties.keyAlias(), password);
            if (found == null) {
                throw new IllegalArgumentException(
                        "no key " + properties.keyAlias() + " in the key store of reports");
            }
            return SigningKey.ofPkcs8(found.getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key store of reports", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot open the key store of reports", e);
        }
    }
}
