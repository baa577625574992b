package io.yuntai.onboarding.adoption;

import io.yuntai.onboarding.register.RegisterFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Collects faults: all are counted, the first {@value #LISTED} are kept. */
final class MappingFaults {

    private static final int LISTED = 1000;

    private final List<RegisterFault> listed = new ArrayList<>();
    private int count;

    void add(RegisterFault fault) {
        count++;
        if (listed.size() < LISTED) {
            listed.add(fault);
        }
    }

    void add(int row, String column, String code, String value, Object... arguments) {
        add(
                new RegisterFault(
                        MappingTable.CODE,
                        OptionalInt.of(row),
                        Optional.of(column),
                        code,
                        List.of(arguments),
                        value));
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    List<RegisterFault> listed() {
        return listed.stream()
                .sorted(Comparator.comparingInt(fault -> fault.row().orElse(0)))
                .toList();
    }
}
