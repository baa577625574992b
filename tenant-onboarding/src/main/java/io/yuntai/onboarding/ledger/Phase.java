package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Leg;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** What kind of transfer a row is. */
enum Phase {
    PENDING,
    POST,
    VOID,
    LEASE,
    DEBT,
    LIMIT,
    MOVE;

    static Phase of(LedgerCommand command) {
        return switch (command) {
            case LedgerCommand.Reserve _ -> PENDING;
            case LedgerCommand.Transfer _ -> LEASE;
            case LedgerCommand.Incur _ -> DEBT;
            case LedgerCommand.Post _ -> POST;
            case LedgerCommand.VoidPending _ -> VOID;
            case LedgerCommand.SetLimits _ -> LIMIT;
        };
    }

    /**
     * The first half of the SHA-256 of what a command says, by which two with one id are told
     * apart.
     */
    static UUID digest(LedgerCommand command) {
        return digest(
                switch (command) {
                    case LedgerCommand.Reserve(_, var legs, _, _) -> content(legs);
                    case LedgerCommand.Transfer(_, var legs, _) -> content(legs);
                    case LedgerCommand.Incur(_, var legs, _) -> content(legs);
                    case LedgerCommand.Post(_, var pending, _) -> pending.toString();
                    case LedgerCommand.VoidPending(_, var pending, _) -> pending.toString();
                    case LedgerCommand.SetLimits(_, var node, var limits, _) ->
                            node + " " + new TreeMap<>(limits);
                });
    }

    static UUID digest(String content) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            var half = ByteBuffer.wrap(sha.digest(content.getBytes(StandardCharsets.UTF_8)));
            return new UUID(half.getLong(), half.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static String content(List<Leg> legs) {
        return legs.stream()
                .map(leg -> leg.leaf() + "=" + leg.amounts())
                .sorted()
                .collect(Collectors.joining(";"));
    }
}
