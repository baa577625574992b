package io.yuntai.onboarding.reorganization;

import io.yuntai.quota.Shortfall;
import java.util.List;

/** What a reorganization is answered with. */
public sealed interface Answer {

    /**
     * It is done.
     *
     * @param repeated whether it was before, under the same id
     */
    record Done(Reorganized reorganized, boolean repeated) implements Answer {}

    /** Where it would come there is no room; that was noted, and nothing has changed. */
    record NoRoom(List<Shortfall> shortfalls) implements Answer {
        public NoRoom {
            shortfalls = List.copyOf(shortfalls);
        }
    }
}
