package io.yuntai.onboarding.reorganization;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.RegionCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** What can be rearranged. Each is one transaction: the register, the quota and the audit. */
public sealed interface Reorganization {

    /** The kinds there are. */
    enum Kind {
        SYSTEM_MOVE,
        UNIT_MOVE,
        DISSOLUTION,
        SPLIT
    }

    Kind kind();

    /** What is rearranged, such as {@code system/0199…}. */
    String subject();

    /** Where it comes, such as {@code unit/0199…}. */
    String target();

    /** All that is said; the same for two that say the same. */
    default String content() {
        return kind() + " " + subject() + " to " + target();
    }

    /**
     * A system comes to another unit, in every pool that it has a place in, with its leases, locks
     * and hosts.
     */
    record SystemMove(SystemId system, UnitId to) implements Reorganization {

        @Override
        public Kind kind() {
            return Kind.SYSTEM_MOVE;
        }

        @Override
        public String subject() {
            return "system/" + system;
        }

        @Override
        public String target() {
            return "unit/" + to;
        }
    }

    /**
     * A unit, with its parts and systems, comes to another place, in every pool that it has quota
     * in.
     *
     * @param parent the unit that it becomes a part of; empty: of none
     * @param region its region from then on
     */
    record UnitMove(UnitId unit, Optional<UnitId> parent, RegionCode region)
            implements Reorganization {

        @Override
        public Kind kind() {
            return Kind.UNIT_MOVE;
        }

        @Override
        public String subject() {
            return "unit/" + unit;
        }

        @Override
        public String target() {
            return parent.map(whole -> "unit/" + whole).orElse("region/" + region);
        }

        @Override
        public String content() {
            return kind() + " " + subject() + " to " + target() + " in region/" + region;
        }
    }

    /** A unit is no more; what it had, its parts, systems and quota, is another's. */
    record Dissolution(UnitId unit, UnitId into) implements Reorganization {

        @Override
        public Kind kind() {
            return Kind.DISSOLUTION;
        }

        @Override
        public String subject() {
            return "unit/" + unit;
        }

        @Override
        public String target() {
            return "unit/" + into;
        }
    }

    /**
     * A part of a pool goes to another network zone: capacity, and the quota of some units with
     * their parts and systems. Machines stay what they are, so the processors are the same.
     *
     * @param to a new pool, or one of the same processors that there is already
     * @param capacity what the other pool has more from then on, above zero
     * @param units those that go along, at most 200; parts go with their whole
     */
    record Split(PoolId pool, PoolId to, Amounts capacity, SortedSet<UnitId> units)
            implements Reorganization {

        public static final int MAX_UNITS = 200;

        public Split {
            var sorted = new TreeSet<UnitId>(java.util.Comparator.comparing(UnitId::toString));
            sorted.addAll(units);
            units = java.util.Collections.unmodifiableSortedSet(sorted);
            if (capacity.isZero() || !capacity.isNonNegative() || units.size() > MAX_UNITS) {
                throw new IllegalArgumentException("no split: " + capacity + ", " + units.size());
            }
        }

        @Override
        public Kind kind() {
            return Kind.SPLIT;
        }

        @Override
        public String subject() {
            return "pool/" + pool;
        }

        @Override
        public String target() {
            return "pool/" + to;
        }

        @Override
        public String content() {
            return kind()
                    + " "
                    + subject()
                    + " to "
                    + target()
                    + " "
                    + capacity
                    + units.stream()
                            .map(UnitId::value)
                            .map(UUID::toString)
                            .collect(Collectors.joining(",", " with ", ""));
        }
    }
}
