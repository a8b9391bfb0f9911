package dev.earnest.task.api.v1;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.problem.Words;
import dev.earnest.kit.security.Role;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.domain.NewApiKey;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an API key is to be good for.
///
/// @param roles buyer, agent, admin: no more than the maker's
/// @param scopes such as `tasks:read`; absent is all that the roles allow
/// @param caps what may be spent with it
/// @param team the id of the one team that it is good for
/// @param expiresAt never, if absent
public record MakeApiKey(
    @NotBlank @Size(max = 100) @Nullable String name,
    @NotEmpty @Size(max = 3) @Nullable List<@NotNull String> roles,
    @Size(min = 1, max = 20) @Nullable List<@NotNull String> scopes,
    @JsonAlias("expires_at") @Nullable Instant expiresAt,
    @Valid @Nullable Caps caps,
    @Nullable String team) {

  /// @param perTask units of USDC, as perDay, which is a UTC day
  public record Caps(
      @JsonAlias("per_task") @Nullable BigDecimal perTask,
      @JsonAlias("per_day") @Nullable BigDecimal perDay) {}

  NewApiKey toNewKey(Instant now) {
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      throw Refusal.invalid("expiresAt", "must lie ahead");
    }
    return new NewApiKey(
        Objects.requireNonNull(name),
        Objects.requireNonNull(roles).stream()
            .map(role -> Words.parse(Role.class, "roles", role))
            .collect(Collectors.toSet()),
        readScopes(),
        team == null ? null : Ids.parseField("team", team),
        null,
        caps == null ? null : cap("caps.perTask", caps.perTask()),
        caps == null ? null : cap("caps.perDay", caps.perDay()),
        expiresAt);
  }

  private @Nullable Set<Scope> readScopes() {
    return scopes == null
        ? null
        : scopes.stream()
            .map(word ->
                Scope.of(word)
                    .orElseThrow(() -> Refusal.invalid("scopes", "there is no scope " + word)))
            .collect(Collectors.toSet());
  }

  private static @Nullable Long cap(String field, @Nullable BigDecimal amount) {
    return amount == null ? null : Money.notNegative(field, amount, Money.USDC).micros();
  }
}
