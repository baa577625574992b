package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Cut;
import io.yuntai.onboarding.application.Order;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Cuts as they stand in an address: {@code position:count:vcpu:memoryGib:storageGib}, and {@code
 * :resource=amount} for each extra that is left, or {@code :-} for none of them; without either all
 * extras are left.
 */
final class CutTexts {

    private static final Pattern SHAPE =
            Pattern.compile(
                    "(\\d{1,4}):(\\d{1,9}):(\\d{1,9}):(\\d{1,9}):(\\d{1,9})"
                            + "(:-|(:[A-Za-z0-9./-]{1,65}=\\d{1,16}){1,"
                            + LimitsBody.MOST
                            + "})?");

    private CutTexts() {}

    /**
     * Reads cuts.
     *
     * @throws Refused INVALID at {@code /cut}, with each that cannot be read
     */
    static List<Cut> read(List<String> texts) {
        var faults = new ArrayList<Fault>();
        var cuts = new ArrayList<Cut>();
        if (texts.size() > Order.MAX_ITEMS) {
            faults.add(Fault.at("/cut", "TOO_MANY", Order.MAX_ITEMS));
        }
        for (int i = 0; i < texts.size() && faults.isEmpty(); i++) {
            try {
                cuts.add(read(texts.get(i)));
            } catch (IllegalArgumentException _) {
                faults.add(Fault.at("/cut/" + i, "NOT_READABLE"));
            }
        }
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return cuts;
    }

    private static Cut read(String text) {
        var found = SHAPE.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("not a cut: " + text);
        }
        return new Cut(
                Integer.parseInt(found.group(1)),
                Integer.parseInt(found.group(2)),
                Integer.parseInt(found.group(3)),
                Integer.parseInt(found.group(4)),
                Integer.parseInt(found.group(5)),
                Optional.ofNullable(found.group(6)).map(CutTexts::extras));
    }

    /** Of {@code :resource=amount:resource=amount}, or {@code :-}. */
    private static Amounts extras(String text) {
        var left = new TreeMap<Resource, Long>();
        for (String one : text.substring(1).split(":", -1)) {
            int equals = one.indexOf('=');
            if (equals > 0) {
                left.put(
                        new Resource(one.substring(0, equals)),
                        Long.parseLong(one.substring(equals + 1)));
            }
        }
        return Amounts.of(left);
    }
}
