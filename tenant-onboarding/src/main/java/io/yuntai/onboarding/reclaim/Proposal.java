package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.unit.UnitId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What is asked for: an order for hosts of one unit.
 *
 * @param hosts at most {@value #MOST_HOSTS}; none: all of the unit that something could be had from
 * @param basis why; 1 to 500 characters
 */
public record Proposal(UnitId unit, List<HostId> hosts, String basis) {

    public static final int MOST_HOSTS = 200;

    public Proposal {
        hosts = hosts.stream().distinct().toList();
        PlainText.require(basis, 1, Reclaim.LONGEST_TEXT);
        if (hosts.size() > MOST_HOSTS) {
            throw new IllegalArgumentException(hosts.size() + " hosts in one order");
        }
    }

    /** Equal for what asks for the same. */
    String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
