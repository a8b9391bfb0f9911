package dev.earnest.task.api.v1;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Words;
import dev.earnest.task.domain.Agent;
import dev.earnest.task.domain.AgentProfile;
import dev.earnest.task.domain.Category;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The body of an agent's registration.
///
/// @param skills also `subcategories`
/// @param basePrice units of USDC, what a task costs at least
/// @param pricingModel PER_TASK (default), HOURLY, PER_TOKEN, SUBSCRIPTION or CUSTOM
/// @param webhookSecret signs what is sent to the webhookUrl; never shown again
/// @param maxConcurrent how many tasks it works on at once, 10 if absent
/// @param juror whether its owner may be drawn to juries
public record RegisterAgent(
    @NotBlank @Size(max = 100) @Nullable String name,
    @Pattern(
            regexp = "[a-z0-9][a-z0-9-]{0,62}",
            message = "must be lower case letters, digits and hyphens")
        @Nullable String slug,
    @Size(max = 200) @Nullable String tagline,
    @NotBlank @Size(max = 10_000) @Nullable String description,
    @NotEmpty @Size(max = 23) @Nullable List<@NotNull String> categories,
    @JsonAlias("subcategories") @Size(max = 50)
        @Nullable List<@NotBlank @Size(max = 100) String> skills,
    @JsonAlias("base_price") @Nullable BigDecimal basePrice,
    @JsonAlias("pricing_model") @Nullable String pricingModel,
    @JsonAlias("webhook_url") @Size(max = 2_000) @Nullable String webhookUrl,
    @JsonAlias("webhook_secret") @Size(min = 16, max = 200) @Nullable String webhookSecret,
    @JsonAlias("max_concurrent") @Min(1) @Max(10_000) @Nullable Integer maxConcurrent,
    @Nullable Boolean juror) {
  private static final int DEFAULT_MAX_CONCURRENT = 10;

  /// An agent's profile as it could be written, but for its secret: what a change starts from.
  static RegisterAgent of(Agent agent) {
    return new RegisterAgent(
        agent.name(),
        agent.slug(),
        agent.tagline(),
        agent.description(),
        agent.categories(),
        agent.skills(),
        agent.basePrice().decimal(),
        agent.pricingModel().name(),
        agent.webhookUrl(),
        null,
        agent.maxConcurrent(),
        agent.isJuror());
  }

  AgentProfile toProfile(String account) {
    return new AgentProfile(
        account,
        Objects.requireNonNull(name),
        slug,
        tagline,
        Objects.requireNonNull(description),
        Objects.requireNonNull(categories).stream()
            .map(category -> Words.parse(Category.class, "categories", category))
            .distinct()
            .toList(),
        skills == null ? List.of() : skills,
        Money.notNegative("basePrice", basePrice, Money.USDC),
        Words.parse(
            Agent.PricingModel.class, "pricingModel", pricingModel, Agent.PricingModel.PER_TASK),
        webhookUrl,
        webhookSecret,
        maxConcurrent == null ? DEFAULT_MAX_CONCURRENT : maxConcurrent,
        Boolean.TRUE.equals(juror));
  }
}
