package io.yuntai.onboarding.register;

import java.util.ArrayList;
import java.util.List;

/** Collects faults: all are counted, the first {@value #LISTED} are kept. */
final class Faults {

    static final int LISTED = 1000;

    private final List<RegisterFault> listed = new ArrayList<>();
    private int count;

    void add(RegisterFault fault) {
        count++;
        if (listed.size() < LISTED) {
            listed.add(fault);
        }
    }

    List<RegisterFault> listed() {
        return List.copyOf(listed);
    }

    int count() {
        return count;
    }
}
