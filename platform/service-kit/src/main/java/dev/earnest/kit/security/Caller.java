package dev.earnest.kit.security;

import dev.earnest.kit.problem.Refusal;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who calls: the account (the token's subject), its roles, and its verified e-mail.
public record Caller(String account, Set<Role> roles, @Nullable String email) {
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
}
