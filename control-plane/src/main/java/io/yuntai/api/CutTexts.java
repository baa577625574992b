package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Cut;
import io.yuntai.onboarding.application.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts as they stand in an address: {@code position:count:vcpu:memoryGib:storageGib}. */
final class CutTexts {

    private static final Pattern SHAPE =
            Pattern.compile("(\\d{1,4}):(\\d{1,9}):(\\d{1,9}):(\\d{1,9}):(\\d{1,9})");

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
            var found = SHAPE.matcher(texts.get(i));
            if (found.matches()) {
                cuts.add(
                        new Cut(
                                Integer.parseInt(found.group(1)),
                                Integer.parseInt(found.group(2)),
                                Integer.parseInt(found.group(3)),
                                Integer.parseInt(found.group(4)),
                                Integer.parseInt(found.group(5))));
            } else {
                faults.add(Fault.at("/cut/" + i, "NOT_READABLE"));
            }
        }
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return cuts;
    }
}
