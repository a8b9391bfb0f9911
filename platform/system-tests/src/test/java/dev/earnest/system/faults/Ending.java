package dev.earnest.system.faults;

import java.math.BigDecimal;
import java.util.List;

/// How the life of a task goes on after its money is held, as the services tell it.
enum Ending {
  APPROVED(
      "COMPLETED", "1", "task.assigned", "task.delivered", "task.completed", "escrow.released"),
  REVISED(
      "COMPLETED",
      "1",
      "task.assigned",
      "task.delivered",
      "task.revision_requested",
      "task.delivered",
      "task.completed",
      "escrow.released"),
  /// Nobody reviews what was delivered.
  SILENT("COMPLETED", "1", "task.assigned", "task.delivered", "task.completed", "escrow.released"),
  CANCELLED("CANCELLED", "0", "task.assigned", "task.cancelled", "escrow.refunded"),
  /// The parties agree on half.
  SETTLED(
      "COMPLETED",
      "0.5",
      "task.assigned",
      "task.delivered",
      "dispute.opened",
      "task.disputed",
      "escrow.frozen",
      "dispute.offer_made",
      "dispute.resolved",
      "task.completed",
      "escrow.settled"),
  REFUNDED(
      "CANCELLED",
      "0",
      "task.assigned",
      "task.delivered",
      "dispute.opened",
      "task.disputed",
      "escrow.frozen",
      "dispute.resolved",
      "dispute.reputation_adjusted",
      "task.cancelled",
      "escrow.settled"),
  SPLIT(
      "COMPLETED",
      "0.5",
      "task.assigned",
      "task.delivered",
      "dispute.opened",
      "task.disputed",
      "escrow.frozen",
      "dispute.resolved",
      "dispute.reputation_adjusted",
      "task.completed",
      "escrow.settled");

  /// The state that the task comes to.
  final String status;

  /// Of the price, what the buyer pays.
  final BigDecimal share;

  final List<String> events;

  Ending(String status, String share, String... events) {
    this.status = status;
    this.share = new BigDecimal(share);
    this.events = List.of(events);
  }

  /// What the buyer's receiver is told, in its order.
  List<String> webhooks() {
    return events.stream()
        .filter(type -> type.startsWith("task."))
        .map(type -> type.replace("task.assigned", "task.executing"))
        .toList();
  }
}
