package dev.earnest.local.identity;

import java.time.Duration;
import java.util.List;

/// What a token says. `name` is subject and account; its e-mail is `name@local`.
///
/// @param lifetime from now; negative for one that has expired
public record TokenRequest(
    String name, List<String> roles, String issuer, String audience, Duration lifetime) {
  public static final String ISSUER = "https://earnest.local";
  public static final String AUDIENCE = "earnest";
  public static final List<String> ROLES = List.of("buyer", "agent", "admin");

  public TokenRequest {
    roles = List.copyOf(roles);
  }

  public static TokenRequest of(String name, String... roles) {
    return new TokenRequest(name, List.of(roles), ISSUER, AUDIENCE, Duration.ofDays(30));
  }

  public TokenRequest audience(String other) {
    return new TokenRequest(name, roles, issuer, other, lifetime);
  }

  public TokenRequest issuer(String other) {
    return new TokenRequest(name, roles, other, audience, lifetime);
  }

  public TokenRequest lifetime(Duration other) {
    return new TokenRequest(name, roles, issuer, audience, other);
  }
}
