package dev.earnest.escrow.domain;

import java.util.List;

/// The state of a task's money and all that happened to it, oldest first.
public record TaskPayments(Hold hold, List<TaskTransfer> transfers) {
  public TaskPayments {
    transfers = List.copyOf(transfers);
  }
}
