package io.yuntai.quota;

import java.util.Map;

/**
 * How much is left above a leaf, by resource: of all bounded levels the one with the least.
 *
 * @param levels a resource without one is bounded nowhere
 */
public record Room(Map<Resource, Level> levels) {

    /** What is free of a ceiling, in base units; below zero: what is owed. */
    public record Level(long free, long ceiling) {}

    public Room {
        levels = Map.copyOf(levels);
    }

    /** Whether a level has less than nothing left. */
    public boolean isOwed(Resource resource) {
        var level = levels.get(resource);
        return level != null && level.free() < 0;
    }

    /** What is free of the ceiling, 0 to 100; 100 where nothing bounds it. */
    int freePercent(Resource resource) {
        var level = levels.get(resource);
        if (level == null) {
            return 100;
        }
        if (level.free() <= 0 || level.ceiling() <= 0) {
            return 0;
        }
        long percent =
                level.ceiling() > Long.MAX_VALUE / 100
                        ? level.free() / (level.ceiling() / 100)
                        : level.free() * 100 / level.ceiling();
        return Math.clamp(percent, 0, 100);
    }

    /** Whether less than this share of the ceiling would be left after taking so much. */
    boolean isUnder(Resource resource, int percent, long taken) {
        var level = levels.get(resource);
        return level != null
                && Math.subtractExact(level.free(), taken)
                        < LeasePolicy.share(level.ceiling(), percent);
    }
}
