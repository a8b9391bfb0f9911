package dev.earnest.task.domain;

import dev.earnest.kit.event.DomainEvent;
import dev.earnest.kit.event.Topics;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.security.ApiKey;
import dev.earnest.kit.security.Role;
import dev.earnest.kit.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `earnest.api_key.changed.v1`: the whole state of an API key, on the compacted `identity.events`.
///
/// @param hash the SHA-256 of the key, in hexadecimal digits
/// @param capPerTask units of USDC, as capPerDay
@RegisterForReflection
public record ApiKeyChanged(
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
    long version)
    implements DomainEvent {
  static ApiKeyChanged of(ApiKey key, byte[] hash) {
    @Nullable Set<Scope> scopes = key.scopes();
    return new ApiKeyChanged(
        key.id(),
        HexFormat.of().formatHex(hash),
        key.account(),
        key.name(),
        key.roles().stream().sorted().toList(),
        scopes == null ? null : scopes.stream().sorted().map(Scope::word).toList(),
        key.team(),
        key.agent(),
        units(key.capPerTask()),
        units(key.capPerDay()),
        key.expiresAt(),
        key.createdAt(),
        key.revokedAt(),
        key.version());
  }

  private static @Nullable BigDecimal units(@Nullable Long micros) {
    return micros == null ? null : new Money(micros, Money.USDC).decimal();
  }

  @Override
  public String type() {
    return "earnest.api_key.changed.v1";
  }

  @Override
  public String topic() {
    return Topics.IDENTITY;
  }

  @Override
  public String subject() {
    return id.toString();
  }
}
