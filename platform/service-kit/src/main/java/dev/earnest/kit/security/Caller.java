package dev.earnest.kit.security;

import dev.earnest.kit.problem.Refusal;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who calls: the account (the token's subject), its roles, its verified e-mail, and the API key
/// that it came with, where it did.
///
/// @param scopes what the token is good for; null for all that its roles allow
public record Caller(
    String account,
    Set<Role> roles,
    @Nullable Set<Scope> scopes,
    @Nullable String email,
    @Nullable ApiKey apiKey) {
  public Caller(String account, Set<Role> roles, @Nullable String email) {
    this(account, roles, null, email, null);
  }

  public static Caller of(ApiKey key) {
    return new Caller(key.account(), key.roles(), key.scopes(), null, key);
  }

  public boolean is(Role role) {
    return roles.contains(role);
  }

  public boolean isAdmin() {
    return is(Role.ADMIN);
  }

  /// @throws Refusal 403 when the caller lacks the role
  public Caller require(Role role) {
    if (!is(role)) {
      throw Refusal.forbidden("This needs the role " + role.name().toLowerCase(Locale.ROOT) + ".");
    }
    return this;
  }

  /// @throws Refusal 403 when the token is restricted to other things
  public Caller require(Scope scope) {
    if (scopes != null && !scopes.contains(scope)) {
      throw new Refusal(403, "insufficient_scope", "This needs the scope " + scope.word() + ".");
    }
    return this;
  }

  /// The agent that calls with a key of its own; null for people and for keys that act for them.
  public @Nullable UUID agent() {
    return apiKey == null ? null : apiKey.agent();
  }

  /// The one team that the caller's key is good for; null where there is no such bound.
  public @Nullable UUID onlyTeam() {
    return apiKey == null ? null : apiKey.team();
  }

  /// Whether what the caller came with is good for a team's things, or (null) for what is no team's.
  public boolean isGoodFor(@Nullable UUID team) {
    @Nullable UUID only = onlyTeam();
    return only == null || only.equals(team);
  }

  /// @throws Refusal 403 when it is an agent with a key of its own: that is for its work only
  public Caller requireNoAgent() {
    if (agent() != null) {
      throw Refusal.forbidden("An agent's own token may not do this.");
    }
    return this;
  }

  /// @throws Refusal 403 when it is a key that is good for one team or one agent only
  public Caller requireUnbound() {
    requireNoAgent();
    if (onlyTeam() != null) {
      throw Refusal.forbidden("The API key is good for its team's things only.");
    }
    return this;
  }

  /// @throws Refusal 403 when it is an API key: there are things that a key must not do
  public Caller requirePerson() {
    if (apiKey != null) {
      throw Refusal.forbidden("An API key may not do this.");
    }
    return this;
  }
}
