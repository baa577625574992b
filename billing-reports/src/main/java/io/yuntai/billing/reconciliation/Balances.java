package io.yuntai.billing.reconciliation;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whether what was allocated adds up from one month to the next. */
@Service
public class Balances {

    private final BalanceStore store;

    Balances(BalanceStore store) {
        this.store = store;
    }

    /**
     * Of each pool and measure, by pool.
     *
     * @param asOf the month before counts as it was published then
     */
    @Transactional(readOnly = true)
    public List<Balance> of(YearMonth month, Instant asOf) {
        return store.of(month, asOf);
    }

    /** Closes a month with a version of its report: the next month is counted on from there. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void close(YearMonth month, int version, List<Balance> balances) {
        store.close(month, version, balances);
    }
}
