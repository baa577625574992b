package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.quota.LeasePolicy;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ReconcileConfiguration {

    /** So many changes a second of leases that breathe, on each cluster. */
    private static final double WRITES_PER_SECOND = 50;

    private static final double WRITES_AT_ONCE = 200;

    @Bean
    LeaseKeeper leaseKeeper(LeaseBook book, Clock clock) {
        return new LeaseKeeper(
                book,
                LeasePolicy.DEFAULT,
                new WriteBudget(WRITES_PER_SECOND, WRITES_AT_ONCE),
                clock);
    }
}
