package dev.earnest.kit.security;

import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// Reads the caller of the request from its verified token or its API key.
@ApplicationScoped
public class CurrentCaller {
  private static final Duration KEY_TRUSTED = Duration.ofMinutes(15);

  private static final Pattern WORDS = Pattern.compile(" ");

  private final JsonWebToken token;
  private final SecurityIdentity identity;
  private final InstantSource clock;

  public CurrentCaller(JsonWebToken token, SecurityIdentity identity, InstantSource clock) {
    this.token = token;
    this.identity = identity;
    this.clock = clock;
  }

  public Caller get() {
    @Nullable ApiKey key = identity.getAttribute(ApiKeyAuthentication.KEY);
    return key == null ? byToken() : Caller.of(key);
  }

  /// When what the caller came with must be shown again: at the end of a token; of an API key, which
  /// may be revoked at any time, soon.
  public Instant ends() {
    @Nullable ApiKey key = identity.getAttribute(ApiKeyAuthentication.KEY);
    if (key == null) {
      return Instant.ofEpochSecond(token.getExpirationTime());
    }
    Instant soon = clock.instant().plus(KEY_TRUSTED);
    return key.expiresAt() == null || soon.isBefore(key.expiresAt()) ? soon : key.expiresAt();
  }

  private Caller byToken() {
    @Nullable String account = token.getSubject();
    if (account == null || account.isBlank()) {
      throw new UnauthorizedException("the token names no subject");
    }
    return new Caller(account, roles(token.getGroups()), scopes(), email(), null);
  }

  /// Of the claim `scope`, words with spaces between. Words that mean nothing here restrict nothing:
  /// identity providers put `openid` and the like into every token.
  private @Nullable Set<Scope> scopes() {
    Set<Scope> scopes =
        WORDS
            .splitAsStream(token.<String>claim("scope").orElse(""))
            .flatMap(word -> Scope.of(word).stream())
            .collect(Collectors.toSet());
    return scopes.isEmpty() ? null : scopes;
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
