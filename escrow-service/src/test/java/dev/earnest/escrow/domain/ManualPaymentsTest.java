package dev.earnest.escrow.domain;

import io.quarkus.test.junit.QuarkusTest;

/// The provider that is an admin's word.
@QuarkusTest
class ManualPaymentsTest extends PaymentProviderContract {
  @Override
  PaymentProvider provider() {
    return new ManualPayments();
  }

  @Override
  void arrives(Deposit deposit) {
    // The admin has seen it.
  }
}
