package dev.earnest.messaging.domain;

import dev.earnest.kit.problem.Refusal;
import dev.earnest.messaging.domain.Notification.Category;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The types of webhooks, and which of them a subscription asks for: types, or `task.*`,
/// `payment.*`, `message.*`, or `*` for all.
public final class WebhookEvents {
  public static final String ALL = "*";

  /// What a test of an endpoint says; it goes to every endpoint that is tested.
  static final String TEST = "webhook.test";

  static final String MESSAGE_CREATED = "message.created";

  private static final Set<String> TYPES =
      Set.of(
          "task.created",
          "task.claimed",
          "task.assigned",
          "task.executing",
          "task.updated",
          "task.moved",
          "task.delivered",
          "task.revision_requested",
          "task.disputed",
          "task.completed",
          "task.failed",
          "task.cancelled",
          "task.expired",
          MESSAGE_CREATED,
          "task.*",
          "payment.*",
          "message.*",
          ALL);

  /// The payments are named after what escrow-service says of them.
  private static final Pattern PAYMENT = Pattern.compile("payment\\.[a-z_]{1,40}");

  private static final int MOST = 50;

  private WebhookEvents() {}

  /// What a subscription asks for, in order and once each; nothing asked is everything.
  ///
  /// @throws Refusal 400 for what is no type
  public static List<String> parse(@Nullable Collection<@Nullable String> asked) {
    if (asked == null || asked.isEmpty()) {
      return List.of(ALL);
    }
    Set<String> known = new TreeSet<>();
    for (String type : asked) {
      if (type == null || !(TYPES.contains(type) || PAYMENT.matcher(type).matches())) {
        throw Refusal.invalid(
            "events", "must be of " + String.join(", ", new TreeSet<>(TYPES)) + ", payment.…");
      }
      known.add(type);
    }
    if (known.size() > MOST) {
      throw Refusal.invalid("events", "must be at most " + MOST);
    }
    return List.copyOf(known);
  }

  /// The category that an account's preferences know it by.
  static Category category(String type) {
    return switch (type.substring(0, type.indexOf('.'))) {
      case "payment" -> Category.PAYMENT;
      case "message" -> Category.MESSAGE;
      default -> type.equals("task.disputed") ? Category.DISPUTE : Category.TASK;
    };
  }

  static boolean wanted(Collection<String> events, String type) {
    return events.contains(type)
        || events.contains(ALL)
        || events.contains(type.substring(0, type.indexOf('.') + 1) + "*");
  }
}
