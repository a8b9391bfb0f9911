package dev.earnest.kit.event;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/// Runs something once the current transaction has committed, and not if it did not.
@ApplicationScoped
public class AfterCommit {
  private final TransactionSynchronizationRegistry transaction;

  public AfterCommit(TransactionSynchronizationRegistry transaction) {
    this.transaction = transaction;
  }

  /// @throws IllegalStateException outside a transaction
  public void run(Runnable work) {
    if (transaction.getTransactionStatus() != Status.STATUS_ACTIVE) {
      throw new IllegalStateException("this belongs to the transaction of a change, and none runs");
    }
    transaction.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {}

          @Override
          public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
              work.run();
            }
          }
        });
  }
}
