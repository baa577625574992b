package io.yuntai.billing.report;

import io.yuntai.billing.Person;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;

/**
 * A published version of a month.
 *
 * @param version 1 when the month was frozen, n + 1 for each restatement
 * @param policy the version of the policy
 * @param inputDigest SM3 of what the figures are made of, hex; {@code digest} of the document
 * @param key fingerprint of the key that signed: SM3 of its SubjectPublicKeyInfo, hex
 * @param correction why there is another version; empty exactly for the first
 */
public record Report(
        YearMonth month,
        int version,
        Instant frozenAt,
        String policy,
        String inputDigest,
        String digest,
        String key,
        Optional<Correction> correction) {

    /** A reason, who asked for it and who allowed it. */
    public record Correction(String reason, Person author, Person approver) {}
}
