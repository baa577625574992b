package io.yuntai.billing.reconciliation;

import io.yuntai.billing.ranking.Rules;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/** What whoever keeps the quota knows of pools and of orders. Its figures are not billing's own. */
public interface PoolBooks {

    /** How each pool stood at a moment, by pool and resource. */
    List<PoolStanding> at(Instant moment);

    /**
     * What was taken of each pool at some moments, by pool, resource and moment; nothing of a
     * moment before a pool had any order.
     */
    List<Taken> taken(List<Instant> moments);

    /**
     * How long what was delivered in a month had taken.
     *
     * @param rules which orders count
     * @param asOf working days are counted as one counted them then
     */
    List<DeliveryBucket> delivered(YearMonth month, Rules rules, Instant asOf);

    /**
     * What was taken at a moment.
     *
     * @param amount in base units, what was locked included
     */
    record Taken(String pool, String resource, Instant at, long amount) {}
}
