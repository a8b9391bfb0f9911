package dev.earnest.escrow.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A task whose hold was old, so that task-service was asked how the task is.
///
/// @param asks how often it was asked
/// @param askedAt the last time
/// @param answeredAt null while there is no answer: task-service may not know the task
/// @param status the task's state in the last answer
/// @param did what the answers did: `released`, `refunded`, `difference_refunded`, `settled`,
///     `frozen`, `thawed`
public record Reconciliation(
    UUID task,
    int asks,
    Instant askedAt,
    @Nullable Instant answeredAt,
    @Nullable String status,
    List<String> did) {
  public Reconciliation {
    did = List.copyOf(did);
  }
}
