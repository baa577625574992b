package io.yuntai.metering;

import io.yuntai.billing.metering.Period;
import io.yuntai.billing.ranking.Rules;
import io.yuntai.billing.reconciliation.DeliveryBucket;
import io.yuntai.billing.reconciliation.PoolBooks;
import io.yuntai.billing.reconciliation.PoolStanding;
import io.yuntai.onboarding.application.DeliveryCycle;
import io.yuntai.onboarding.application.DeliveryCycles;
import io.yuntai.onboarding.ledger.PoolAccounts;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells billing's reconciliation what the ledger and the applications say of a month. */
@Component
class BooksOfQuota implements PoolBooks {

    private final PoolAccounts pools;
    private final Deliveries deliveries;

    @Autowired
    BooksOfQuota(PoolAccounts pools, DeliveryCycles cycles) {
        this(pools, cycles::delivered);
    }

    private BooksOfQuota(PoolAccounts pools, Deliveries deliveries) {
        this.pools = pools;
        this.deliveries = deliveries;
    }

    /** How many deliveries of each length there were, by the calendar of a moment. */
    private interface Deliveries {
        Map<DeliveryCycle.Bucket, Integer> between(
                Instant from, Instant to, DeliveryCycles.Counting counting, Instant asOf);
    }

    /** The same from outside the server, inside the caller's transaction. */
    static BooksOfQuota over(JdbcClient sql) {
        return new BooksOfQuota(
                PoolAccounts.over(sql),
                (from, to, counting, asOf) ->
                        DeliveryCycles.delivered(sql, from, to, counting, asOf));
    }

    @Override
    public List<PoolStanding> at(Instant moment) {
        return pools.at(moment).stream()
                .map(one ->
                        new PoolStanding(
                                one.pool().toString(),
                                one.resource().code(),
                                one.capacity(),
                                one.units(),
                                one.promised(),
                                one.platform(),
                                one.locked(),
                                one.unassigned(),
                                one.debt()))
                .toList();
    }

    @Override
    public List<Taken> taken(List<Instant> moments) {
        return pools.taken(moments).stream()
                .map(one ->
                        new Taken(
                                one.pool().toString(),
                                one.resource().code(),
                                one.at(),
                                one.amount()))
                .toList();
    }

    @Override
    public List<DeliveryBucket> delivered(YearMonth month, Rules rules, Instant asOf) {
        var period = Period.of(month);
        var counting =
                rules.countWhatCame()
                        ? DeliveryCycles.Counting.WHAT_CAME
                        : DeliveryCycles.Counting.EVERY_ORDER;
        var delivered = deliveries.between(period.from(), period.to(), counting, asOf);
        return Arrays.stream(DeliveryCycle.Bucket.values())
                .map(bucket ->
                        new DeliveryBucket(
                                bucket.first(), bucket.last(), delivered.getOrDefault(bucket, 0)))
                .toList();
    }
}
