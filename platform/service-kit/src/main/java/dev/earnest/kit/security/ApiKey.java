package dev.earnest.kit.security;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An API key, without what makes it one: only the SHA-256 of that is known.
///
/// @param account for which it acts
/// @param scopes what it may be used for; null is all that the roles allow
/// @param team it is good for this team's things only
/// @param agent it acts as this agent only
/// @param capPerTask micro-units that a task made with it may cost at most
/// @param capPerDay micro-units that it may spend in a UTC day
/// @param expiresAt null is never
/// @param version counts its changes
/// @param lastUsedAt to the minute; null is never
public record ApiKey(
    UUID id,
    String account,
    String name,
    Set<Role> roles,
    @Nullable Set<Scope> scopes,
    @Nullable UUID team,
    @Nullable UUID agent,
    @Nullable Long capPerTask,
    @Nullable Long capPerDay,
    @Nullable Instant expiresAt,
    Instant createdAt,
    @Nullable Instant revokedAt,
    long version,
    @Nullable Instant lastUsedAt) {
  /// What every key begins with.
  public static final String PREFIX = "ek_";

  public ApiKey {
    roles = Set.copyOf(roles);
    scopes = scopes == null ? null : Set.copyOf(scopes);
  }

  public boolean isGood(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }

  /// The key from when it is good no more.
  public ApiKey revoked(Instant at) {
    return new ApiKey(
        id,
        account,
        name,
        roles,
        scopes,
        team,
        agent,
        capPerTask,
        capPerDay,
        expiresAt,
        createdAt,
        at,
        version + 1,
        lastUsedAt);
  }
}
