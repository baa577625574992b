package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.application.Item;
import io.yuntai.onboarding.kubernetes.ResourceTable;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is asked for a namespace beside processors, memory and storage, as it is handed in. */
final class Extras {

    private Extras() {}

    /**
     * The amounts of which nothing is wrong; the rest is noted.
     *
     * @param bodies from resource code to base units
     * @param at the pointer to them
     * @param table what quota can be counted in
     */
    static Amounts read(
            Map<String, Long> bodies, String at, ResourceTable table, List<Fault> faults) {
        if (bodies.size() > LimitsBody.MOST) {
            faults.add(Fault.at(at, "TOO_MANY", LimitsBody.MOST));
            return Amounts.NONE;
        }
        var amounts = new TreeMap<Resource, Long>();
        bodies.forEach((code, amount) -> {
            String pointer = LimitsBody.pointer(at, code);
            int before = faults.size();
            resource(code, pointer, table, faults);
            if (amount == null || amount < 1 || amount > Item.Namespace.MAX_EXTRA) {
                faults.add(Fault.at(pointer, "OUT_OF_RANGE", 1, Item.Namespace.MAX_EXTRA));
            }
            if (faults.size() == before) {
                amounts.put(new Resource(code), amount);
            }
        });
        return Amounts.of(amounts);
    }

    /**
     * What a review leaves; of each it may be nothing. Whether it is no more than was asked for is
     * for the review to say.
     */
    static Amounts left(Map<String, Long> bodies, String at, List<Fault> faults) {
        if (bodies.size() > LimitsBody.MOST) {
            faults.add(Fault.at(at, "TOO_MANY", LimitsBody.MOST));
            return Amounts.NONE;
        }
        var amounts = new TreeMap<Resource, Long>();
        bodies.forEach((code, amount) -> {
            if (amount == null || amount < 0 || amount > Item.Namespace.MAX_EXTRA) {
                faults.add(
                        Fault.at(
                                LimitsBody.pointer(at, code),
                                "OUT_OF_RANGE",
                                0,
                                Item.Namespace.MAX_EXTRA));
                return;
            }
            try {
                amounts.put(new Resource(code), amount);
            } catch (IllegalArgumentException e) {
                faults.add(Fault.at(LimitsBody.pointer(at, code), "PATTERN"));
            }
        });
        return Amounts.of(amounts);
    }

    private static void resource(
            String code, String pointer, ResourceTable table, List<Fault> faults) {
        try {
            var resource = new Resource(code);
            if (!table.knows(resource)) {
                faults.add(Fault.at(pointer, "UNKNOWN_RESOURCE"));
            } else if (!Item.Namespace.isExtra(resource)) {
                faults.add(Fault.at(pointer, "NOT_AN_EXTRA"));
            }
        } catch (IllegalArgumentException e) {
            faults.add(Fault.at(pointer, "PATTERN"));
        }
    }
}
