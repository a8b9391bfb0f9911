package dev.earnest.messaging.domain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.messaging.domain.Notification.Category;
import dev.earnest.messaging.domain.Notification.Draft;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who is notified of what. Whoever did it is not told.
final class NotificationRules {
  private enum To {
    BUYER,
    AGENT,
    BOTH,
    /// the one whose proposal it was
    PROPOSER
  }

  /// @param title with the task's title in it
  private record Rule(Category category, To to, String title) {}

  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          task("assigned", To.BOTH, "Work has begun: %s"),
          task("input_requested", To.BUYER, "The agent has a question: %s"),
          task("input_given", To.AGENT, "Your question is answered: %s"),
          task("put_on_hold", To.AGENT, "On hold: %s"),
          task("resumed", To.AGENT, "To be gone on with: %s"),
          task("delivered", To.BUYER, "Delivered: %s"),
          task("review_resumed", To.BUYER, "To be reviewed: %s"),
          task("revision_requested", To.AGENT, "Changes are asked for: %s"),
          task("artifacts_added", To.BUYER, "New artifacts: %s"),
          task("released", To.BUYER, "The agent gave it back: %s"),
          task("proposal_made", To.BUYER, "A new proposal: %s"),
          task("proposal_withdrawn", To.BUYER, "A proposal was withdrawn: %s"),
          task("proposal_declined", To.PROPOSER, "Your proposal was declined: %s"),
          task("completed", To.BOTH, "Completed: %s"),
          task("failed", To.BOTH, "Failed: %s"),
          task("cancelled", To.BOTH, "Cancelled: %s"),
          task("expired", To.BOTH, "Expired: %s"),
          rule("task.disputed", Category.DISPUTE, To.BOTH, "In dispute: %s"),
          rule("task.redelivery_started", Category.DISPUTE, To.BOTH, "To be delivered again: %s"),
          rule("dispute.resolved", Category.DISPUTE, To.BOTH, "The dispute is decided: %s"),
          rule("dispute.refused", Category.DISPUTE, To.BOTH, "The dispute was not opened: %s"),
          rule("dispute.offer_made", Category.DISPUTE, To.BOTH, "A settlement is offered: %s"),
          rule("dispute.offer_rejected", Category.DISPUTE, To.BOTH, "The offer was rejected: %s"),
          rule("dispute.jury_seated", Category.DISPUTE, To.BOTH, "A jury decides now: %s"),
          rule("dispute.escalated", Category.DISPUTE, To.BOTH, "The dispute goes on: %s"),
          rule("dispute.evidence_submitted", Category.DISPUTE, To.BOTH, "New evidence: %s"),
          rule("escrow.held", Category.PAYMENT, To.BUYER, "The money is held: %s"),
          rule("escrow.refused", Category.PAYMENT, To.BUYER, "The money cannot be held: %s"),
          rule("escrow.released", Category.PAYMENT, To.BOTH, "Paid: %s"),
          rule("escrow.refunded", Category.PAYMENT, To.BUYER, "Refunded: %s"),
          rule("escrow.settled", Category.PAYMENT, To.BOTH, "Paid out after the dispute: %s"),
          rule("escrow.frozen", Category.PAYMENT, To.BOTH, "The money is frozen: %s"),
          rule("escrow.thawed", Category.PAYMENT, To.BOTH, "The money is free again: %s"),
          rule("escrow.tipped", Category.PAYMENT, To.AGENT, "You got a tip: %s"),
          rule("message.posted", Category.MESSAGE, To.BOTH, "A new message: %s"));

  private NotificationRules() {}

  static Stream<Draft> of(Told told) {
    Heard heard = told.heard();
    Rule rule = RULES.get(heard.type());
    if (rule == null) {
      return Stream.of();
    }
    TaskState task = told.after().state();
    String title = rule.title().formatted(task == null ? heard.task() : task.title());
    @Nullable String actor = actor(heard);
    return recipients(rule.to(), task, heard.data())
        .filter(Objects::nonNull)
        .distinct()
        .filter(account -> !account.equals(actor))
        .map(account -> new Draft(account, rule.category(), heard.type(), title, heard.task()));
  }

  private static @Nullable String actor(Heard heard) {
    return heard.said() == null ? text(heard.data(), "by") : heard.said().account();
  }

  /// Who pays and who is paid, where the task itself is not known yet.
  private static Stream<@Nullable String> recipients(
      To to, @Nullable TaskState task, JsonNode data) {
    @Nullable String buyer = task == null ? text(data, "payer") : task.buyer();
    @Nullable String agent = task == null ? text(data, "payee") : task.agentAccount();
    return switch (to) {
      case BUYER -> Stream.of(buyer);
      case AGENT -> Stream.of(agent);
      case BOTH -> Stream.of(buyer, agent);
      case PROPOSER -> Stream.of(text(data, "agentAccount"));
    };
  }

  private static @Nullable String text(JsonNode data, String field) {
    return data.path(field).isTextual() ? data.path(field).asText() : null;
  }

  private static Map.Entry<String, Rule> task(String what, To to, String title) {
    return rule("task." + what, Category.TASK, to, title);
  }

  private static Map.Entry<String, Rule> rule(String type, Category category, To to, String title) {
    return Map.entry(type, new Rule(category, to, title));
  }
}
