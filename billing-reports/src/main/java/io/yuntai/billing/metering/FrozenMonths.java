package io.yuntai.billing.metering;

import java.time.YearMonth;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Months whose hours stay as they are. What is measured of one afterwards stands aside, until a
 * restatement takes it in.
 */
@Service
public class FrozenMonths {

    private final UsageStore usage;

    FrozenMonths(UsageStore usage) {
        this.usage = usage;
    }

    /** Waits for whoever takes hours in, and lets nobody until the caller's transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold() {
        usage.hold();
    }

    /** From the end of the caller's transaction on, a month's hours stay as they are. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void freeze(YearMonth month) {
        usage.freeze(month);
    }

    @Transactional(readOnly = true)
    public boolean isFrozen(YearMonth month) {
        return usage.isFrozen(month);
    }

    /** How many hours of a frozen month were measured too late to count. */
    @Transactional(readOnly = true)
    public long late(YearMonth month) {
        return usage.late(month);
    }

    /**
     * Takes in what stands aside; what it replaces is kept as what the version rests on.
     *
     * @param version the last published one
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void takeLate(YearMonth month, int version) {
        usage.takeLate(month, version);
    }
}
