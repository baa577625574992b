package io.yuntai.onboarding.register;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects faults: all are counted, the first {@value #LISTED} are kept. */
final class Faults {

    static final int LISTED = 1000;

    private static final Comparator<RegisterFault> AS_IN_THE_FILE =
            Comparator.<RegisterFault>comparingInt(fault ->
                            RegisterTable.of(fault.table()).map(RegisterTable::ordinal).orElse(-1))
                    .thenComparingInt(fault -> fault.row().orElse(0));

    private final List<RegisterFault> listed = new ArrayList<>();
    private int count;

    void add(RegisterFault fault) {
        count++;
        if (listed.size() < LISTED) {
            listed.add(fault);
        }
    }

    /** By table and row, as somebody goes through the file; what is about all of it comes first. */
    List<RegisterFault> listed() {
        return listed.stream().sorted(AS_IN_THE_FILE).toList();
    }

    int count() {
        return count;
    }
}
