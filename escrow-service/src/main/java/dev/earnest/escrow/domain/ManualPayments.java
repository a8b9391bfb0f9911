package dev.earnest.escrow.domain;

import jakarta.enterprise.context.ApplicationScoped;

/// An admin's word is the proof: whoever posts a deposit has seen the money.
@ApplicationScoped
class ManualPayments implements PaymentProvider {
  @Override
  public String name() {
    return "manual";
  }

  @Override
  public void confirm(Deposit deposit) {
    // The admin's post is the confirmation.
  }
}
