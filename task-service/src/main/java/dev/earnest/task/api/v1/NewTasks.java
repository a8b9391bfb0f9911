package dev.earnest.task.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.FieldError;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.problem.Words;
import dev.earnest.kit.security.Caller;
import dev.earnest.task.api.CallbackUrls;
import dev.earnest.task.domain.Brief;
import dev.earnest.task.domain.Category;
import dev.earnest.task.domain.Labels;
import dev.earnest.task.domain.Mode;
import dev.earnest.task.domain.NewTask;
import dev.earnest.task.domain.OutputSchemas;
import dev.earnest.task.domain.Priority;
import dev.earnest.task.domain.Review;
import dev.earnest.task.domain.Sharing;
import dev.earnest.task.domain.StoredJson;
import dev.earnest.task.domain.Windows;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
  private final OutputSchemas schemas;
  private final CallbackUrls callbackUrls;
  private final Windows windows;
  private final InstantSource clock;

  NewTasks(
      StoredJson json,
      OutputSchemas schemas,
      CallbackUrls callbackUrls,
      Windows windows,
      InstantSource clock) {
    this.json = json;
    this.schemas = schemas;
    this.callbackUrls = callbackUrls;
    this.windows = windows;
    this.clock = clock;
  }

  NewTask read(CreateTask body, Caller caller) {
    boolean byCapability = isByCapability(body);
    Mode mode = mode(body);
    Money budget = byCapability ? price(body) : budget(body, mode);
    return new NewTask(
        caller.account(),
        brief(body),
        mode,
        Words.parse(
            Review.class, "review", body.review(), byCapability ? Review.NONE : Review.BUYER),
        budget,
        agentId(body, mode),
        callbackUrls.check("callbackUrl", body.callbackUrl()),
        body.maxAttempts() == null ? MAX_ATTEMPTS : body.maxAttempts(),
        body.timeoutSeconds(),
        mode == Mode.PROPOSALS ? proposals(body, budget) : noProposals(body),
        new NewTask.Work(body.input(), schema(body)),
        null,
        Sharing.NOBODY,
        Labels.NONE,
        caller.apiKey());
  }

  private static Mode mode(CreateTask body) {
    Mode mode = Words.parse(Mode.class, "mode", body.mode(), Mode.DIRECT);
    if (mode == Mode.BOARD || mode == Mode.MANUAL) {
      throw Refusal.invalid("mode", "must be direct, proposals or open");
    }
    return mode;
  }

  /// Which of the two forms it is: neither or both make no sense.
  private static boolean isByCapability(CreateTask body) {
    if (body.capability() != null) {
      if (body.title() != null || body.budget() != null) {
        throw Refusal.invalid(
            body.title() != null ? "title" : "budget",
            "does not go with capability: say what you want in one of the two forms");
      }
      if (body.capability().isBlank()) {
        throw Refusal.invalid("capability", "must not be blank");
      }
      return true;
    }
    if (body.maxPrice() != null) {
      throw Refusal.invalid("maxPrice", "goes with capability; with a title it is budget");
    }
    List<FieldError> missing = new ArrayList<>();
    require(missing, "title", body.title());
    require(missing, "description", body.description());
    require(missing, "category", body.category());
    if (!missing.isEmpty()) {
      throw new Refusal(
          400,
          "validation_failed",
          "A task needs title, description, category and budget; or capability.",
          missing);
    }
    return false;
  }

  private static void require(List<FieldError> missing, String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      missing.add(new FieldError(field, "is required and must not be blank"));
    }
  }

  private static Money budget(CreateTask body, Mode mode) {
    boolean most = body.budget() == null && mode == Mode.PROPOSALS && body.budgetMax() != null;
    return Money.positive("budget", most ? body.budgetMax() : body.budget(), body.currency());
  }

  private static Money price(CreateTask body) {
    BigDecimal price = body.maxPrice() == null ? BigDecimal.ZERO : body.maxPrice();
    return Money.notNegative("max_price", price, body.currency());
  }

  private Brief brief(CreateTask body) {
    String title = body.title() == null ? Objects.requireNonNull(body.capability()) : body.title();
    return new Brief(
        title,
        body.description() == null ? title : body.description(),
        body.category() == null ? null : Words.parse(Category.class, "category", body.category()),
        body.capability(),
        stored("requirements", requirements(body.requirements())),
        body.requiredSkills() == null ? List.of() : body.requiredSkills(),
        stored("metadata", object("metadata", body.metadata())),
        Words.parse(Priority.class, "priority", body.priority(), Priority.NORMAL));
  }

  private static @Nullable UUID agentId(CreateTask body, Mode mode) {
    if (body.agentId() == null) {
      return null;
    }
    if (mode == Mode.PROPOSALS) {
      throw Refusal.invalid("agentId", "does not go with proposals: the agent is chosen later");
    }
    return Ids.parseField("agentId", body.agentId());
  }

  private NewTask.ProposalTerms proposals(CreateTask body, Money budget) {
    if (budget.isZero()) {
      throw Refusal.invalid("max_price", "must be over 0 where agents propose a price");
    }
    @Nullable Long least = amount("budgetMin", body.budgetMin());
    @Nullable Long most = amount("budgetMax", body.budgetMax());
    if (most != null && most > budget.micros()) {
      throw Refusal.invalid("budgetMax", "must not be over the budget");
    }
    if (least != null && least > (most == null ? budget.micros() : most)) {
      throw Refusal.invalid("budgetMin", "must not be over the most that a proposal may cost");
    }
    return new NewTask.ProposalTerms(least, most, proposalDeadline(body));
  }

  private Instant proposalDeadline(CreateTask body) {
    Instant now = clock.instant();
    if (body.proposalDeadline() == null) {
      Duration window =
          body.proposalWindowSeconds() == null
              ? windows.proposals()
              : Duration.ofSeconds(body.proposalWindowSeconds());
      return now.plus(window);
    }
    if (body.proposalWindowSeconds() != null) {
      throw Refusal.invalid("proposalDeadline", "does not go with proposalWindowSeconds");
    }
    if (!body.proposalDeadline().isAfter(now)
        || body.proposalDeadline().isAfter(now.plus(windows.longestProposals()))) {
      throw Refusal.invalid(
          "proposalDeadline",
          "must lie ahead, at most " + windows.longestProposals().toDays() + " days");
    }
    return body.proposalDeadline();
  }

  private static NewTask.@Nullable ProposalTerms noProposals(CreateTask body) {
    refuseWithoutProposals("budgetMin", body.budgetMin());
    refuseWithoutProposals("budgetMax", body.budgetMax());
    refuseWithoutProposals("proposalWindowSeconds", body.proposalWindowSeconds());
    refuseWithoutProposals("proposalDeadline", body.proposalDeadline());
    return null;
  }

  private static void refuseWithoutProposals(String field, @Nullable Object value) {
    if (value != null) {
      throw Refusal.invalid(field, "goes with mode proposals");
    }
  }

  private static @Nullable Long amount(String field, @Nullable BigDecimal amount) {
    return amount == null ? null : Money.notNegative(field, amount, Money.USDC).micros();
  }

  private static @Nullable JsonNode requirements(@Nullable JsonNode requirements) {
    if (requirements == null || requirements.isTextual()) {
      return requirements;
    }
    return object("requirements", requirements);
  }

  private static @Nullable JsonNode object(String field, @Nullable JsonNode value) {
    if (value != null && !value.isNull() && !value.isObject()) {
      throw Refusal.invalid(field, "must be an object");
    }
    return value;
  }

  private @Nullable JsonNode schema(CreateTask body) {
    if (body.outputSchema() == null || body.outputSchema().isNull()) {
      return null;
    }
    schemas.check(body.outputSchema());
    return body.outputSchema();
  }

  private @Nullable String stored(String field, @Nullable JsonNode value) {
    @Nullable String text = json.writeOrNull(value);
    if (text != null && text.length() > MAX_JSON_CHARACTERS) {
      throw Refusal.invalid(field, "must not be over " + MAX_JSON_CHARACTERS + " characters");
    }
    return text;
  }
}
