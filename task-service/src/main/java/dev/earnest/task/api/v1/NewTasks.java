package dev.earnest.task.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.problem.Words;
import dev.earnest.kit.security.Caller;
import dev.earnest.task.domain.Brief;
import dev.earnest.task.domain.Category;
import dev.earnest.task.domain.Mode;
import dev.earnest.task.domain.NewTask;
import dev.earnest.task.domain.Priority;
import dev.earnest.task.domain.Review;
import dev.earnest.task.domain.StoredJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads what a buyer wants from the body of a creation.
@ApplicationScoped
class NewTasks {
  private static final int MAX_ATTEMPTS = 3;
  private static final int MAX_JSON_CHARACTERS = 20_000;

  private final StoredJson json;
  private final CallbackUrls callbackUrls;

  NewTasks(StoredJson json, CallbackUrls callbackUrls) {
    this.json = json;
    this.callbackUrls = callbackUrls;
  }

  NewTask read(CreateTask body, Caller caller) {
    Money budget = Money.positive("budget", body.budget(), body.currency());
    Brief brief = brief(body);
    return new NewTask(
        caller.account(),
        brief,
        Mode.DIRECT,
        Review.BUYER,
        budget,
        agentId(body),
        callbackUrls.check("callbackUrl", body.callbackUrl()),
        MAX_ATTEMPTS,
        body.timeoutSeconds());
  }

  private Brief brief(CreateTask body) {
    return new Brief(
        Objects.requireNonNull(body.title()),
        Objects.requireNonNull(body.description()),
        Words.parse(Category.class, "category", Objects.requireNonNull(body.category())),
        stored("requirements", body.requirements()),
        body.requiredSkills() == null ? List.of() : body.requiredSkills(),
        metadata(body.metadata()),
        Words.parse(Priority.class, "priority", body.priority(), Priority.NORMAL));
  }

  private static UUID agentId(CreateTask body) {
    Mode mode = Words.parse(Mode.class, "mode", body.mode(), Mode.DIRECT);
    if (mode != Mode.DIRECT) {
      throw Refusal.invalid("mode", "only direct is offered by this installation so far");
    }
    if (body.agentId() == null) {
      throw Refusal.invalid("agentId", "is required: agents are hired by their id so far");
    }
    return Ids.parseField("agentId", body.agentId());
  }

  private @Nullable String metadata(@Nullable JsonNode metadata) {
    if (metadata != null && !metadata.isNull() && !metadata.isObject()) {
      throw Refusal.invalid("metadata", "must be an object");
    }
    return stored("metadata", metadata);
  }

  private @Nullable String stored(String field, @Nullable JsonNode value) {
    @Nullable String text = json.writeOrNull(value);
    if (text != null && text.length() > MAX_JSON_CHARACTERS) {
      throw Refusal.invalid(field, "must not be over " + MAX_JSON_CHARACTERS + " characters");
    }
    return text;
  }
}
