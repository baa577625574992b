package io.yuntai.billing.report;

import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The key that reports are signed with. Without one no month is frozen.
 *
 * @param keyFile path to PKCS#8 in PEM, of the curve sm2p256v1
 * @param keyStore path to PKCS#12, instead of a key file
 * @param keyStorePassword of the store and of the key in it
 * @param keyAlias which key of the store
 */
@ConfigurationProperties("yuntai.report")
record ReportProperties(
        @DefaultValue("") String keyFile,
        @DefaultValue("") String keyStore,
        @DefaultValue("") String keyStorePassword,
        @DefaultValue("report") String keyAlias) {

    ReportProperties {
        if (!keyFile.isEmpty() && !keyStore.isEmpty()) {
            throw new IllegalArgumentException("either a key file or a key store, not both");
        }
    }

    Optional<Path> file() {
        return Optional.of(keyFile).filter(name -> !name.isEmpty()).map(Path::of);
    }

    Optional<Path> store() {
        return Optional.of(keyStore).filter(name -> !name.isEmpty()).map(Path::of);
    }

    @Override
    public String toString() {
        return "ReportProperties[keyFile=%s, keyStore=%s, keyAlias=%s]"
                .formatted(keyFile, keyStore, keyAlias);
    }
}
