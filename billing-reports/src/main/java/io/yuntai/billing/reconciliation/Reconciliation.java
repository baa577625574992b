package io.yuntai.billing.reconciliation;

import java.util.List;

/**
 * Whether a month adds up: what was allocated from one month to the next, what each pool was made
 * of when the month ended, how long deliveries took, and how long the pools will last.
 *
 * @param balances by pool and measure
 * @param pools by pool and resource
 * @param deliveries what was delivered in the month
 * @param history by pool and resource
 */
public record Reconciliation(
        List<Balance> balances,
        List<PoolStanding> pools,
        List<DeliveryBucket> deliveries,
        List<TakenHistory> history) {

    public Reconciliation {
        balances = List.copyOf(balances);
        pools = List.copyOf(pools);
        deliveries = List.copyOf(deliveries);
        history = List.copyOf(history);
    }

    /** What follows from the history. */
    public List<Forecast> forecasts() {
        return history.stream().map(Forecast::of).toList();
    }
}
