package dev.earnest.messaging.domain;

/// A state in the words of the doors whose clients know no others.
final class DoorWords {
  private DoorWords() {}

  /// The team board's column.
  static String board(String status) {
    return switch (status) {
      case "PENDING", "MATCHING" -> "todo";
      case "COMPLETED" -> "done";
      case "FAILED", "CANCELLED", "EXPIRED" -> "cancelled";
      default -> "in_progress";
    };
  }

  /// The agent queue's status.
  static String queue(String status) {
    return switch (status) {
      case "PENDING", "MATCHING" -> "queued";
      case "AWAITING_INPUT", "ON_HOLD" -> "awaiting_input";
      case "COMPLETED" -> "completed";
      case "FAILED", "EXPIRED" -> "failed";
      case "CANCELLED" -> "cancelled";
      default -> "running";
    };
  }
}
