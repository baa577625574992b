package io.yuntai.onboarding;

import io.yuntai.onboarding.instant.UnitRecords;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** What billing would know of every unit: nothing, until a test says so. */
public final class KnownUnits implements UnitRecords {

    private volatile Function<Instant, Optional<Use>> use = _ -> Optional.empty();
    private volatile boolean reclaimOverdue;

    /** Every unit has this place in a ranking that is as fresh as can be. */
    public void ranked(String grade, double score) {
        use = now -> Optional.of(new Use(Optional.of(new Standing(grade, score)), now));
    }

    /** Asking fails or answers so. */
    public void answers(Function<Instant, Optional<Use>> answer) {
        use = answer;
    }

    public void reclaimOverdue(boolean overdue) {
        reclaimOverdue = overdue;
    }

    @Override
    public Optional<Use> use(UnitId unit, Instant now) {
        return use.apply(now);
    }

    @Override
    public boolean isReclaimOverdue(UnitId unit, Instant now) {
        return reclaimOverdue;
    }
}
