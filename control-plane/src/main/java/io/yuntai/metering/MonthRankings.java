package io.yuntai.metering;

import io.yuntai.billing.Progress;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Readings;
import io.yuntai.billing.ranking.RankedMonth;
import io.yuntai.billing.ranking.Rankings;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Has months ranked, and the audit told of it in the same transaction. */
@Service
public class MonthRankings {

    private static final Logger LOG = LoggerFactory.getLogger(MonthRankings.class);

    private final Rankings rankings;
    private final Readings readings;
    private final BillingAudit audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    MonthRankings(
            Rankings rankings,
            Readings readings,
            BillingAudit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.rankings = rankings;
        this.readings = readings;
        this.audit = audit;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Ranks a month that has ended, also one that was ranked before: what was measured late then
     * counts too.
     *
     * @throws Refused CONFLICT {@code MONTH_NOT_ENDED}, {@code MONTH_FROZEN}
     */
    @Transactional
    public RankedMonth compute(Actor actor, YearMonth month) {
        if (!month.isBefore(Period.monthOf(clock.instant()))) {
            throw Refused.conflict("MONTH_NOT_ENDED");
        }
        return Declines.asRefusals(() -> computeAudited(Optional.of(actor), month));
    }

    /**
     * Ranks each month that has ended and has no ranking, one transaction a month: killed half-way,
     * the next call does the rest, and called twice it computes once. A month that is not read to
     * its end waits; somebody may rank it by hand meanwhile. The last month that has ended is
     * worked out once more as long as it is not frozen, and has another ranking only if something
     * came out differently.
     *
     * @return the months that were ranked now
     */
    public List<RankedMonth> computeDue() {
        var again = rankings.preliminary();
        var due = rankings.missing().stream().filter(this::isReadToItsEnd).toList();
        int all = due.size() + (again.isPresent() ? 1 : 0);
        var ranked = new ArrayList<RankedMonth>();
        for (var month : due) {
            Progress.at(Progress.Step.RANK_MONTH, month, ranked.size(), all);
            ranked.add(transaction.execute(_ -> computeAudited(Optional.empty(), month)));
        }
        again.ifPresent(month -> {
            Progress.at(Progress.Step.RANK_MONTH, month, due.size(), all);
            var changed = Objects.requireNonNull(transaction.execute(_ -> refreshAudited(month)));
            changed.ifPresent(ranked::add);
        });
        return ranked;
    }

    private Optional<RankedMonth> refreshAudited(YearMonth month) {
        var changed = rankings.refresh(month);
        changed.ifPresent(
                _ -> audit.done(Optional.empty(), "ranking.compute", "ranking/" + month, ""));
        return changed;
    }

    private boolean isReadToItsEnd(YearMonth month) {
        boolean read = readings.areReadUpTo(Period.of(month).to());
        if (!read) {
            LOG.warn("{} is not ranked yet: not every source was read to its end", month);
        }
        return read;
    }

    private RankedMonth computeAudited(Optional<Actor> actor, YearMonth month) {
        var ranked = rankings.compute(month);
        audit.done(actor, "ranking.compute", "ranking/" + month, "");
        return ranked;
    }
}
