package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.ledger.LeaseId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of looking after a system once.
 *
 * @param settled whether its clusters hold what the database says
 * @param hosts how many it has
 * @param again when it is worth another look although it is settled
 * @param press leases of others that it is short of
 * @param wake leases that wait for what has come free in it
 */
record Reconciled(
        boolean settled,
        int hosts,
        Optional<Instant> again,
        List<LeaseId> press,
        List<LeaseId> wake) {

    Reconciled {
        press = List.copyOf(press);
        wake = List.copyOf(wake);
    }
}
