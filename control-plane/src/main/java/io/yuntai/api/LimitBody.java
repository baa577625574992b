package io.yuntai.api;

import io.yuntai.quota.Limit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a node is given in one resource, in base units, as it is handed in and answered.
 *
 * @param guaranteed promised to it; absent: nothing
 * @param ceiling what it may not exceed; absent: bounded by the levels above alone
 */
record LimitBody(Optional<Long> guaranteed, Optional<Long> ceiling) {

    static LimitBody of(Limit limit) {
        return new LimitBody(
                Optional.of(limit.guaranteed()),
                limit.ceiling().isPresent()
                        ? Optional.of(limit.ceiling().getAsLong())
                        : Optional.empty());
    }

    Limit limit() {
        return new Limit(
                guaranteed.orElse(0L), ceiling.map(OptionalLong::of).orElse(OptionalLong.empty()));
    }
}
