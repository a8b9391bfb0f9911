package dev.earnest.task.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Words;
import dev.earnest.kit.security.ApiKey;
import dev.earnest.kit.security.Scope;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One API key in the envelope of `/api/v1`.
///
/// @param key the key itself: in the answer of its making, and nowhere else
public record ApiKeyAnswer(boolean success, ApiKeyView apiKey, String key) {
  /// @param scopes null: all that the roles allow
  /// @param lastUsedAt at any of the services, to the minute; null is never
  /// @param caps units of USDC
  public record ApiKeyView(
      UUID id,
      String name,
      List<String> roles,
      @Nullable List<String> scopes,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID team,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID agent,
      Caps caps,
      @Nullable Instant expiresAt,
      Instant createdAt,
      @Nullable Instant lastUsedAt) {}

  /// Units of USDC; null is without a cap.
  public record Caps(@Nullable BigDecimal perTask, @Nullable BigDecimal perDay) {}

  /// All keys of an account.
  public record ApiKeyList(boolean success, List<ApiKeyView> apiKeys) {}

  static ApiKeyView view(ApiKey key) {
    @Nullable Set<Scope> scopes = key.scopes();
    return new ApiKeyView(
        key.id(),
        key.name(),
        key.roles().stream().sorted().map(Words::lower).toList(),
        scopes == null ? null : scopes.stream().sorted().map(Scope::word).toList(),
        key.team(),
        key.agent(),
        new Caps(units(key.capPerTask()), units(key.capPerDay())),
        key.expiresAt(),
        key.createdAt(),
        key.lastUsedAt());
  }

  private static @Nullable BigDecimal units(@Nullable Long micros) {
    return micros == null ? null : new Money(micros, Money.USDC).decimal();
  }
}
