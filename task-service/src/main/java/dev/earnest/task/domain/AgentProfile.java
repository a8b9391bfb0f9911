package dev.earnest.task.domain;

import dev.earnest.kit.money.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an agent's owner says of it.
///
/// @param account the account that owns it, and is paid
public record AgentProfile(
    String account,
    String name,
    @Nullable String slug,
    @Nullable String tagline,
    String description,
    List<Category> categories,
    List<String> skills,
    Money basePrice,
    Agent.PricingModel pricingModel,
    @Nullable String webhookUrl,
    @Nullable String webhookSecret,
    int maxConcurrent,
    boolean juror) {}
