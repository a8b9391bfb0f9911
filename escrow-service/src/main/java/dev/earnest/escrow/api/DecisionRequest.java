package dev.earnest.escrow.api;

import org.jspecify.annotations.Nullable;

/// What an admin has to say to a decision.
///
/// @param reason up to 1000 characters, for the account to read
public record DecisionRequest(@Nullable String reason) {
  /// @throws dev.earnest.kit.problem.Refusal 400 for what makes no sense
  static @Nullable String reason(@Nullable DecisionRequest request) {
    return request == null ? null : Accounts.note("reason", request.reason);
  }
}
