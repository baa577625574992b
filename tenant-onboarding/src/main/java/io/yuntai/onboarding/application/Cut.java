package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.quota.Amounts;
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
 * @param extras of a namespace, what is left of each; empty: all that there was
 */
public record Cut(
        int position,
        int count,
        int vcpu,
        int memoryGib,
        int storageGib,
        Optional<Amounts> extras) {

    /** One that leaves all extras. */
    public Cut(int position, int count, int vcpu, int memoryGib, int storageGib) {
        this(position, count, vcpu, memoryGib, storageGib, Optional.empty());
    }

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
            var earlier = all.get(cut.position());
            if (earlier != null && cut.leavesMoreThan(earlier)) {
                faults.add(Fault.at("/cuts/" + i, "MORE_THAN_ASKED"));
            }
            all.put(cut.position(), earlier == null ? cut : cut.on(earlier));
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
        if (count == 0) {
            return Optional.empty();
        }
        if (!(item instanceof Item.Namespace) && leavesExtras()) {
            throw new IllegalArgumentException("extras of another kind: " + this);
        }
        return item.cut(this);
    }

    private boolean leavesExtras() {
        return extras.filter(left -> !left.isZero()).isPresent();
    }

    private Cut on(Cut earlier) {
        return new Cut(position, count, vcpu, memoryGib, storageGib, extras.or(earlier::extras));
    }

    private boolean leavesMoreThan(Cut earlier) {
        return count > earlier.count
                || (count > 0
                        && (vcpu > earlier.vcpu
                                || memoryGib > earlier.memoryGib
                                || storageGib > earlier.storageGib
                                || leavesMoreExtrasThan(earlier)));
    }

    private boolean leavesMoreExtrasThan(Cut earlier) {
        return extras.isPresent()
                && earlier.extras.filter(left -> !extras.get().fitsWithin(left)).isPresent();
    }
}
