package dev.earnest.escrow.domain;

import java.util.Locale;

/// Why a budget is not held; task-service cancels the task with this as the reason.
public enum HoldRefusal {
  INSUFFICIENT_FUNDS,
  SPEND_CAP;

  /// As events and databases write it.
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
