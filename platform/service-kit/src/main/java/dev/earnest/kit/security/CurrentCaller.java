package dev.earnest.kit.security;

import io.quarkus.security.UnauthorizedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// Reads the caller of the request from its verified token.
@ApplicationScoped
public class CurrentCaller {
  private final JsonWebToken token;

  public CurrentCaller(JsonWebToken token) {
    this.token = token;
  }

  public Caller get() {
    @Nullable String account = token.getSubject();
    if (account == null || account.isBlank()) {
      throw new UnauthorizedException("the token names no subject");
    }
    return new Caller(account, roles(token.getGroups()), email());
  }

  private @Nullable String email() {
    Object verified = token.claim("email_verified").orElse(null);
    boolean trusted = verified != null && Boolean.parseBoolean(verified.toString());
    return trusted ? token.<String>claim("email").orElse(null) : null;
  }

  private static Set<Role> roles(Set<String> groups) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      if (groups.contains(role.name().toLowerCase(Locale.ROOT))) {
        roles.add(role);
      }
    }
    return roles;
  }
}
