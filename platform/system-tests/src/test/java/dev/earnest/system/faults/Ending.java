package dev.earnest.system.faults;

import java.math.BigDecimal;
import java.util.List;

/// How a task's life goes: its last state, the share of the price that is paid, what its webhooks
/// tell, and what services say of it besides.
enum Ending {
  APPROVED(
      "COMPLETED",
      "1",
      List.of("task.executing", "task.delivered", "task.completed"),
      List.of("escrow.released")),
  REVISED(
      "COMPLETED",
      "1",
      List.of(
          "task.executing",
          "task.delivered",
          "task.revision_requested",
          "task.delivered",
          "task.completed"),
      List.of("escrow.released")),
  /// Nobody reviews what was delivered.
  SILENT(
      "COMPLETED",
      "1",
      List.of("task.executing", "task.delivered", "task.completed"),
      List.of("escrow.released")),
  CANCELLED(
      "CANCELLED", "0", List.of("task.executing", "task.cancelled"), List.of("escrow.refunded")),
  SETTLED(
      "COMPLETED",
      "0.5",
      List.of("task.executing", "task.delivered", "task.disputed", "task.completed"),
      List.of(
          "dispute.opened",
          "escrow.frozen",
          "dispute.offer_made",
          "dispute.resolved",
          "escrow.settled")),
  REFUNDED(
      "CANCELLED",
      "0",
      List.of("task.executing", "task.delivered", "task.disputed", "task.cancelled"),
      List.of(
          "dispute.opened",
          "escrow.frozen",
          "dispute.resolved",
          "dispute.reputation_adjusted",
          "escrow.settled")),
  SPLIT(
      "COMPLETED",
      "0.5",
      List.of("task.executing", "task.delivered", "task.disputed", "task.completed"),
      List.of(
          "dispute.opened",
          "escrow.frozen",
          "dispute.resolved",
          "dispute.reputation_adjusted",
          "escrow.settled"));

  final String status;
  final BigDecimal share;
  final List<String> webhooks;
  final List<String> others;

  Ending(String status, String share, List<String> webhooks, List<String> others) {
    this.status = status;
    this.share = new BigDecimal(share);
    this.webhooks = webhooks;
    this.others = others;
  }
}
