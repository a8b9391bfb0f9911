package dev.earnest.kit.security;

import dev.earnest.kit.problem.Refusal;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who calls: the account (the token's subject), its roles, its verified e-mail, and the API key
/// that it came with, where it did.
public record Caller(
    String account, Set<Role> roles, @Nullable String email, @Nullable ApiKey apiKey) {
  public Caller(String account, Set<Role> roles, @Nullable String email) {
    this(account, roles, email, null);
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

  /// @throws Refusal 403 when it is an API key: there are things that a key must not do
  public Caller requirePerson() {
    if (apiKey != null) {
      throw Refusal.forbidden("An API key may not do this.");
    }
    return this;
  }
}
