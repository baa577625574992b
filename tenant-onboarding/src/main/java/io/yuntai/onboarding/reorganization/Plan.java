package io.yuntai.onboarding.reorganization;

import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Reshape;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a reorganization is done.
 *
 * @param steps what the quota tree does
 * @param locked how what is pending at leaves changes by that
 * @param systems those whose hosts get another owner, region or pool
 * @param effect what the register does when the tree has room
 */
record Plan(
        List<Reshape> steps, List<Leg> locked, List<SystemId> systems, Consumer<Instant> effect) {

    Plan {
        steps = List.copyOf(steps);
        locked = List.copyOf(locked);
        systems = List.copyOf(systems);
    }

    /** One by which nothing pending comes to another leaf. */
    Plan(List<Reshape> steps, List<SystemId> systems, Consumer<Instant> effect) {
        this(steps, List.of(), systems, effect);
    }
}
