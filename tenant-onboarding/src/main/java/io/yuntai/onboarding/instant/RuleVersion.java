package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.application.Application;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A version of the rules; never changed once it was proposed.
 *
 * @param number for people, counted from 1
 * @param approval empty: it is a proposal, and nothing goes by it
 */
public record RuleVersion(
        RuleId id,
        int number,
        RuleProposal says,
        Application.Participant author,
        Instant proposedAt,
        Optional<Approval> approval) {

    /**
     * Somebody else has put it in force.
     *
     * @param inForceFrom until the next version is
     * @param tried how many applications it was tried on when it was approved
     * @param passing how many of these it would have passed
     */
    public record Approval(
            Application.Participant by, Instant at, Instant inForceFrom, int tried, int passing) {}

    /** All that must hold, what the version says first. */
    public List<Predicate> all() {
        return Stream.concat(says.predicates().stream(), Guards.ALL.stream()).toList();
    }

    /** Whether it lets anything pass at all. */
    boolean isOpen() {
        return !says.predicates().isEmpty();
    }

    /**
     * Whether somebody looks at an application afterwards that has passed: the same each time, and
     * not to be foreseen by whoever makes the application's id, as the salt is told to nobody.
     *
     * @param salt of this version
     */
    static boolean isSampled(String application, byte[] salt, int percent) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            digest.update(application.getBytes(StandardCharsets.UTF_8));
            long drawn = ByteBuffer.wrap(digest.digest()).getLong();
            return Long.remainderUnsigned(drawn, 100) < percent;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
