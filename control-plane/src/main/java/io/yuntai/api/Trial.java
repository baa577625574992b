package io.yuntai.api;

import io.yuntai.onboarding.Refused;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code validateOnly}: the command runs to its end, and nothing of it stays. It needs no code of
 * its own, and its answer cannot differ from the real one.
 */
@Component
class Trial {

    private final TransactionTemplate transaction;

    Trial(PlatformTransactionManager transactions) {
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Runs a command; with {@code validateOnly} in a transaction that is rolled back.
     *
     * @throws Refused as the command does
     */
    <T> T run(boolean validateOnly, Supplier<T> command) {
        if (!validateOnly) {
            return command.get();
        }
        return Objects.requireNonNull(
                transaction.execute(status -> {
                    status.setRollbackOnly();
                    return command.get();
                }));
    }
}
