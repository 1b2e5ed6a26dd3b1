package io.stompline.beans.publishing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The JTA transaction of the calling thread, if there is one (Jakarta Transactions 2.0, 3.6). Thread-safe. */
@ApplicationScoped
public class JtaTransaction {
    private static final System.Logger LOG = System.getLogger(JtaTransaction.class.getName());
    private static final String USER_TRANSACTION = "java:comp/UserTransaction";
    private static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";

    /** Whether there is a transaction that has not ended. */
    boolean isActive() {
        return registry()
                .filter(registry -> isOpen(registry.getTransactionStatus()))
                .isPresent();
    }

    /** Whether there is a transaction that can only be rolled back. */
    boolean isDoomed() {
        return registry()
                .filter(registry -> registry.getTransactionStatus() == Status.STATUS_MARKED_ROLLBACK)
                .isPresent();
    }

    /**
     * Runs a task when the transaction has committed, on the thread that commits it; never after a rollback.
     *
     * @throws IllegalStateException if there is no transaction
     */
    void afterCommit(Runnable task) {
        registry()
                .orElseThrow(() -> new IllegalStateException("there is no transaction"))
                .registerInterposedSynchronization(new AfterCommit(task));
    }

    /**
     * Rolls back a transaction that is still open.
     *
     * @param culprit who ought to have ended it, for the log
     */
    public void rollBackRest(Object culprit) {
        if (!isActive()) {
            return;
        }
        LOG.log(System.Logger.Level.WARNING, "{0} left a transaction open: it is rolled back", culprit);
        try {
            userTransaction().rollback();
        } catch (NamingException | SystemException e) {
            throw new IllegalStateException("a transaction cannot be rolled back", e);
        }
    }

    private static boolean isOpen(int status) {
        return status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
    }

    /** Threads that belong to no component have no registry, and no transaction. */
    @SuppressWarnings("BanJNDI") // a constant name
    private static Optional<TransactionSynchronizationRegistry> registry() {
        try {
            return Optional.of(InitialContext.doLookup(REGISTRY));
        } catch (NamingException none) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("BanJNDI") // a constant name
    private static UserTransaction userTransaction() throws NamingException {
        return InitialContext.doLookup(USER_TRANSACTION);
    }

    private static final class AfterCommit implements Synchronization {
        private final Runnable task;
        private boolean completed;

        AfterCommit(Runnable task) {
            this.task = task;
        }

        @Override
        public void beforeCompletion() {
            // Nothing before.
        }

        /** Payara 6.2025.10 tells it twice if the first XA resource joined in beforeCompletion of another. */
        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED && !completed) {
                completed = true;
                task.run();
            }
        }
    }
}
