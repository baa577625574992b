package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * As much of one item as a review leaves of it; never more than was asked for.
 *
 * @param position of the item in the order, from 0
 * @param count 0: nothing of it; of a namespace 1
 * @param vcpu processors, of each host
 * @param storageGib the system disk of each host, or the storage of a namespace
 */
public record Cut(int position, int count, int vcpu, int memoryGib, int storageGib) {

    /**
     * What is left with further cuts: those of before stand where nothing else is said.
     *
     * @throws Refused INVALID with a fault at each that would leave more than there was left
     */
    static List<Cut> onTop(List<Cut> before, List<Cut> further) {
        var all = new TreeMap<Integer, Cut>();
        before.forEach(cut -> all.put(cut.position(), cut));
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < further.size(); i++) {
            var cut = further.get(i);
            var earlier = all.put(cut.position(), cut);
            if (earlier != null && cut.leavesMoreThan(earlier)) {
                faults.add(Fault.at("/cuts/" + i, "MORE_THAN_ASKED"));
            }
        }
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return List.copyOf(all.values());
    }

    /**
     * What it leaves of an item; empty: nothing, and then nothing else that it says counts.
     *
     * @throws IllegalArgumentException when that is more than there is, or no such thing can be
     */
    Optional<Item> of(Item item) {
        return count == 0 ? Optional.empty() : item.cut(this);
    }

    private boolean leavesMoreThan(Cut earlier) {
        return count > earlier.count
                || (count > 0
                        && (vcpu > earlier.vcpu
                                || memoryGib > earlier.memoryGib
                                || storageGib > earlier.storageGib));
    }
}
