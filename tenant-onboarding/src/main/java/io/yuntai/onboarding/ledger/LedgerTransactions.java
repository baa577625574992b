package io.yuntai.onboarding.ledger;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** A transaction of its own for many commands, and what is known of it when it did not go well. */
final class LedgerTransactions {

    /**
     * Classes of errors after which a transaction cannot have been committed: wrong data, broken
     * rules, a conflict, a lock that was not had in time, what a trigger says.
     */
    private static final Set<String> REFUSED = Set.of("22", "23", "40", "55", "P0");

    private final Settlement settlement;
    private final PlatformTransactionManager transactions;

    LedgerTransactions(Settlement settlement, PlatformTransactionManager transactions) {
        this.settlement = settlement;
        this.transactions = transactions;
    }

    /**
     * Locks all that the commands touch, carries them out and commits.
     *
     * @throws LedgerUnavailable when they are not committed, or nobody knows
     */
    List<Outcome> settle(List<LedgerCommand> commands) {
        var status = begun();
        List<Outcome> outcomes;
        try {
            outcomes = settlement.settle(commands);
        } catch (RuntimeException e) {
            undo(status, e);
            throw new LedgerUnavailable(LedgerUnavailable.Reason.NOT_COMMITTED, e);
        }
        commit(status);
        return outcomes;
    }

    /**
     * Writes a draft and commits it, if the ledger is what the draft takes it for.
     *
     * @return whether it is
     * @throws LedgerUnavailable when it is not committed, or nobody knows
     */
    boolean write(Draft draft) {
        var rows = settlement.conditional();
        var status = begun();
        try {
            if (!rows.enter(draft)) {
                transactions.rollback(status);
                return false;
            }
        } catch (RuntimeException e) {
            undo(status, e);
            throw new LedgerUnavailable(LedgerUnavailable.Reason.NOT_COMMITTED, e);
        }
        try {
            if (!draft.changed().isEmpty()) {
                rows.changeAndCommit(draft);
            }
        } catch (RuntimeException e) {
            undo(status, e);
            throw new LedgerUnavailable(afterCommit(e), e);
        }
        // Where it is committed already, the driver knows and asks for nothing more.
        commit(status);
        return true;
    }

    private TransactionStatus begun() {
        try {
            return transactions.getTransaction(new DefaultTransactionDefinition());
        } catch (RuntimeException e) {
            throw new LedgerUnavailable(LedgerUnavailable.Reason.NOT_COMMITTED, e);
        }
    }

    private void undo(TransactionStatus status, RuntimeException why) {
        if (status.isCompleted()) {
            return;
        }
        try {
            transactions.rollback(status);
        } catch (RuntimeException e) {
            // A broken connection cannot be rolled back, and need not: the server does it.
            why.addSuppressed(e);
        }
    }

    private void commit(TransactionStatus status) {
        try {
            transactions.commit(status);
        } catch (RuntimeException e) {
            throw new LedgerUnavailable(afterCommit(e), e);
        }
    }

    /** A server that says why it did not commit has not committed; silence says nothing. */
    private static LedgerUnavailable.Reason afterCommit(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof SQLException sql && sql.getSQLState() != null) {
                return REFUSED.contains(sql.getSQLState().substring(0, 2))
                        ? LedgerUnavailable.Reason.NOT_COMMITTED
                        : LedgerUnavailable.Reason.OUTCOME_UNKNOWN;
            }
        }
        return LedgerUnavailable.Reason.OUTCOME_UNKNOWN;
    }
}
