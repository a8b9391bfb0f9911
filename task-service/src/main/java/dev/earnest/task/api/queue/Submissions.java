package dev.earnest.task.api.queue;

import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.problem.Words;
import dev.earnest.kit.security.ApiKey;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Role;
import dev.earnest.task.api.CallbackUrls;
import dev.earnest.task.api.queue.SubmitTask.CallbackMode;
import dev.earnest.task.domain.Brief;
import dev.earnest.task.domain.Labels;
import dev.earnest.task.domain.Mode;
import dev.earnest.task.domain.NewTask;
import dev.earnest.task.domain.Priority;
import dev.earnest.task.domain.Review;
import dev.earnest.task.domain.Sharing;
import dev.earnest.task.domain.StoredJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads a submission: a task without money for one agent, which is done when the agent says so.
@ApplicationScoped
class Submissions {
  private static final int DEFAULT_PRIORITY = 5;
  private static final int LONGEST_TIMEOUT_SECONDS = 31_536_000;
  private static final int MAX_TITLE = 200;
  private static final int MAX_URL = 2_000;
  private static final int MAX_JSON_CHARACTERS = 20_000;

  private final CallbackUrls callbackUrls;
  private final StoredJson json;

  Submissions(CallbackUrls callbackUrls, StoredJson json) {
    this.callbackUrls = callbackUrls;
    this.json = json;
  }

  NewTask read(UUID agentId, SubmitTask body, Caller caller) {
    caller.require(Role.BUYER);
    refuseTeamKey(caller.apiKey());
    int priority = body.priority() == null ? DEFAULT_PRIORITY : body.priority();
    return new NewTask(
        caller.account(),
        brief(body, priority),
        Mode.DIRECT,
        Review.NONE,
        new Money(0, Money.USDC),
        agentId,
        callbackUrl(body),
        1,
        timeout(body),
        null,
        NewTask.Work.NONE,
        null,
        Sharing.NOBODY,
        new Labels(null, null, priority),
        caller.apiKey());
  }

  /// A team's key sees the team's tasks only, so not what it would submit.
  private static void refuseTeamKey(@Nullable ApiKey key) {
    if (key != null && key.team() != null) {
      throw Refusal.forbidden("The key is good for its team's tasks only.");
    }
  }

  private Brief brief(SubmitTask body, int priority) {
    String message = Objects.requireNonNull(body.message());
    return new Brief(
        title(message), message, null, null, null, List.of(), metadata(body), priority(priority));
  }

  /// The message's first line, or as much of it as a title may have.
  private static String title(String message) {
    String line = message.strip().lines().findFirst().orElse(message).strip();
    int length = line.codePointCount(0, line.length());
    return length <= MAX_TITLE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MAX_TITLE - 1)) + "…";
  }

  private static Priority priority(int number) {
    if (number <= 3) {
      return Priority.LOW;
    }
    if (number <= 6) {
      return Priority.NORMAL;
    }
    return number <= 8 ? Priority.HIGH : Priority.URGENT;
  }

  private static @Nullable Integer timeout(SubmitTask body) {
    @Nullable Integer seconds = body.timeoutOverride();
    if (seconds != null && (seconds < 1 || seconds > LONGEST_TIMEOUT_SECONDS)) {
      throw Refusal.invalid(
          "timeout_override", "must be between 1 and " + LONGEST_TIMEOUT_SECONDS + " seconds");
    }
    return seconds;
  }

  private @Nullable String metadata(SubmitTask body) {
    if (body.metadata() != null && !body.metadata().isNull() && !body.metadata().isObject()) {
      throw Refusal.invalid("metadata", "must be an object");
    }
    @Nullable String text = json.writeOrNull(body.metadata());
    if (text != null && text.length() > MAX_JSON_CHARACTERS) {
      throw Refusal.invalid("metadata", "must not be over " + MAX_JSON_CHARACTERS + " characters");
    }
    return text;
  }

  private @Nullable String callbackUrl(SubmitTask body) {
    CallbackMode mode =
        Words.parse(CallbackMode.class, "callback_mode", body.callbackMode(), CallbackMode.POLL);
    if (mode == CallbackMode.POLL) {
      return null;
    }
    @Nullable String url = body.webhookUrl();
    if (url == null || url.isBlank()) {
      throw Refusal.invalid("webhook_url", "is required where callback_mode is webhook");
    }
    if (url.length() > MAX_URL) {
      throw Refusal.invalid("webhook_url", "must not be over " + MAX_URL + " characters");
    }
    return callbackUrls.check("webhook_url", url);
  }
}
