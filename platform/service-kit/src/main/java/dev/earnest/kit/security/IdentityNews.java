package dev.earnest.kit.security;

import dev.earnest.kit.event.Event;
import dev.earnest.kit.money.Money;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `identity.events` says of API keys and teams, for the services that do not own them.
@ApplicationScoped
public class IdentityNews {
  private final ApiKeys keys;
  private final KnownTeams teams;

  public IdentityNews(ApiKeys keys, KnownTeams teams) {
    this.keys = keys;
    this.teams = teams;
  }

  /// Takes over what an event says; leaves events of other types alone.
  public void hear(Event event) {
    switch (event.type()) {
      case "earnest.api_key.changed.v1" -> {
        KeyChanged changed = event.as(KeyChanged.class);
        keys.save(changed.key(), HexFormat.of().parseHex(changed.hash()));
      }
      case "earnest.team.changed.v1" -> {
        TeamChanged changed = event.as(TeamChanged.class);
        teams.save(changed.id(), changed.members(), changed.version());
      }
      case "earnest.api_key.used.v1" -> {
        KeyUsed used = event.as(KeyUsed.class);
        keys.used(used.id(), used.lastUsedAt(), used.lastUsedAt());
      }
      default -> {
        // Agents are each service's own business.
      }
    }
  }

  @RegisterForReflection
  record TeamChanged(UUID id, List<String> members, long version) {}

  @RegisterForReflection
  record KeyUsed(UUID id, Instant lastUsedAt) {}

  @RegisterForReflection
  record KeyChanged(
      UUID id,
      String hash,
      String account,
      String name,
      List<Role> roles,
      @Nullable List<String> scopes,
      @Nullable UUID team,
      @Nullable UUID agent,
      @Nullable BigDecimal capPerTask,
      @Nullable BigDecimal capPerDay,
      @Nullable Instant expiresAt,
      Instant createdAt,
      @Nullable Instant revokedAt,
      long version) {
    ApiKey key() {
      return new ApiKey(
          id,
          account,
          name,
          Set.copyOf(roles),
          scopes == null
              ? null
              : scopes.stream()
                  .flatMap(word -> Scope.of(word).stream())
                  .collect(Collectors.toSet()),
          team,
          agent,
          micros(capPerTask),
          micros(capPerDay),
          expiresAt,
          createdAt,
          revokedAt,
          version,
          null);
    }

    private static @Nullable Long micros(@Nullable BigDecimal units) {
      return units == null ? null : Money.notNegative("cap", units, Money.USDC).micros();
    }
  }
}
