package io.yuntai.billing.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * A private key for SM2 signatures with SM3 (GB/T 32918.2), with the user id that the standard
 * names when none was agreed on, {@code 1234567812345678}.
 */
public final class SigningKey {

    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final String CERTIFICATE = "CERTIFICATE";

    private final ECPrivateKeyParameters key;

    private SigningKey(ECPrivateKeyParameters key) {
        this.key = key;
    }

    /** A new one. */
    public static SigningKey generate() {
        var generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(curve(), new SecureRandom()));
        return new SigningKey((ECPrivateKeyParameters) generator.generateKeyPair().getPrivate());
    }

    /**
     * Reads PKCS#8.
     *
     * @throws IllegalArgumentException it is none, or of another curve than SM2's
     */
    public static SigningKey ofPkcs8(byte[] pkcs8) {
        try {
            if (PrivateKeyFactory.createKey(pkcs8) instanceof ECPrivateKeyParameters key
                    && key.getParameters().getCurve().equals(curve().getCurve())) {
                return new SigningKey(key);
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not a private key in PKCS#8", e);
        }
        throw new IllegalArgumentException("not a key for SM2: its curve is not sm2p256v1");
    }

    /**
     * Reads PKCS#8 in PEM.
     *
     * @throws IllegalArgumentException it is none, or of another curve than SM2's
     */
    public static SigningKey ofPem(String pem) {
        return ofPkcs8(decode(pem, PRIVATE));
    }

    /** As PKCS#8 in PEM. To be kept as secrets are. */
    public String toPem() {
        try {
            return encode(PRIVATE, PrivateKeyInfoFactory.createPrivateKeyInfo(key).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** DER. */
    byte[] sign(byte[] document) {
        var signer = new SM2Signer();
        signer.init(true, key);
        signer.update(document, 0, document.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("could not sign", e);
        }
    }

    /** SubjectPublicKeyInfo of the public key. */
    byte[] publicKey() {
        var point = curve().getG().multiply(key.getD()).normalize();
        try {
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                            new ECPublicKeyParameters(point, curve()))
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean verify(byte[] publicKey, byte[] document, byte[] signature) {
        try {
            var signer = new SM2Signer();
            signer.init(false, PublicKeyFactory.createKey(publicKey));
            signer.update(document, 0, document.length);
            return signer.verifySignature(signature);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** A public key in PEM. */
    static String publicPem(byte[] publicKey) {
        return encode(PUBLIC, publicKey);
    }

    /**
     * The public key of a PEM file that holds one, or a certificate.
     *
     * @throws IllegalArgumentException it holds neither
     */
    static byte[] publicKeyOf(String pem) {
        if (!pem.contains(begin(CERTIFICATE))) {
            return decode(pem, PUBLIC);
        }
        try {
            return Certificate.getInstance(decode(pem, CERTIFICATE))
                    .getSubjectPublicKeyInfo()
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ECDomainParameters curve() {
        return new ECNamedDomainParameters(
                GMObjectIdentifiers.sm2p256v1, GMNamedCurves.getByName("sm2p256v1"));
    }

    private static String begin(String what) {
        return "-----BEGIN " + what + "-----";
    }

    private static String end(String what) {
        return "-----END " + what + "-----";
    }

    private static String encode(String what, byte[] der) {
        return begin(what)
                + "\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der)
                + "\n"
                + end(what)
                + "\n";
    }

    private static byte[] decode(String pem, String what) {
        int from = pem.indexOf(begin(what));
        int to = pem.indexOf(end(what));
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no " + what + " in PEM");
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin(what).length(), to));
    }
}
