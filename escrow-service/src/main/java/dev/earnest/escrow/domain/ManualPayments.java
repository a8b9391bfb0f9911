package dev.earnest.escrow.domain;

import jakarta.enterprise.context.ApplicationScoped;

/// An admin's word is the proof: whoever posts a deposit has seen the money, and whoever confirms a
/// withdrawal has sent it.
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

  @Override
  public void payOut(Withdrawal withdrawal) {
    // The admin has paid it, and says so.
  }

  @Override
  public void cancel(Withdrawal withdrawal) {
    // The admin has not paid it and will not.
  }
}
