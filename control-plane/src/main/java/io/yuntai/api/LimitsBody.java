package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.kubernetes.ResourceTable;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.quota.Limit;
import io.yuntai.quota.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * New limits of a node as they are handed in, by resource; resources that are not named keep
 * theirs.
 */
record LimitsBody(Optional<Map<String, LimitBody>> limits) {

    static final int MOST = 50;

    /** Under 2^60, so that no sum along a path is more than a long holds. */
    static final long MAX_AMOUNT = 1_000_000_000_000_000_000L;

    /**
     * The limits, when all of them are right.
     *
     * @param table what quota can be counted in
     * @throws Refused INVALID, with every fault
     */
    Map<Resource, Limit> of(NodeRef.Kind kind, ResourceTable table) {
        var bodies = limits.orElse(Map.of());
        var faults = new ArrayList<Fault>();
        if (bodies.isEmpty()) {
            faults.add(Fault.at("/limits", "REQUIRED"));
        } else if (bodies.size() > MOST) {
            throw Refused.invalid("INVALID", List.of(Fault.at("/limits", "TOO_MANY", MOST)));
        }
        var read = new TreeMap<Resource, Limit>();
        bodies.forEach((code, body) ->
                limit(code, body, kind, table, faults)
                        .ifPresent(limit -> read.put(new Resource(code), limit)));
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return read;
    }

    private static Optional<Limit> limit(
            String code,
            LimitBody body,
            NodeRef.Kind kind,
            ResourceTable table,
            List<Fault> faults) {
        String at = pointer("/limits", code);
        int before = faults.size();
        try {
            if (!table.knows(new Resource(code))) {
                faults.add(Fault.at(at, "UNKNOWN_RESOURCE"));
            }
        } catch (IllegalArgumentException e) {
            faults.add(Fault.at(at, "PATTERN"));
        }
        within(body.guaranteed(), at + "/guaranteed", faults);
        within(body.ceiling(), at + "/ceiling", faults);
        if (faults.size() == before) {
            long guaranteed = body.guaranteed().orElse(0L);
            if (body.ceiling().isPresent() && body.ceiling().get() < guaranteed) {
                faults.add(Fault.at(at + "/ceiling", "CEILING_UNDER_GUARANTEE"));
            }
            if (kind == NodeRef.Kind.POOL && !body.ceiling().equals(Optional.of(guaranteed))) {
                faults.add(Fault.at(at + "/ceiling", "POOL_IS_ITS_CAPACITY"));
            }
        }
        return faults.size() > before ? Optional.empty() : Optional.of(body.limit());
    }

    /** To a resource among others; the slash before its class is escaped. */
    static String pointer(String at, String code) {
        return at + "/" + code.replace("~", "~0").replace("/", "~1");
    }

    private static void within(Optional<Long> value, String pointer, List<Fault> faults) {
        if (value.isPresent() && (value.get() < 0 || value.get() > MAX_AMOUNT)) {
            faults.add(Fault.at(pointer, "OUT_OF_RANGE", 0, MAX_AMOUNT));
        }
    }
}
