package dev.earnest.testkit;

import dev.earnest.local.identity.SigningKeys;
import dev.earnest.local.identity.TokenIssuer;
import dev.earnest.local.identity.TokenRequest;
import java.time.Duration;

/// Bearer tokens for tests, made by the class that `./earnest token` uses.
public final class Tokens {
  private Tokens() {}

  /// A good token; `name` is subject and account, the e-mail is `name@local`.
  public static String of(String name, String... roles) {
    return issue(TokenRequest.of(name, roles));
  }

  public static String expired(String name, String... roles) {
    return issue(TokenRequest.of(name, roles).lifetime(Duration.ofMinutes(-10)));
  }

  public static String forAudience(String audience, String name, String... roles) {
    return issue(TokenRequest.of(name, roles).audience(audience));
  }

  public static String fromIssuer(String issuer, String name, String... roles) {
    return issue(TokenRequest.of(name, roles).issuer(issuer));
  }

  /// Right in all but the key that signed it.
  public static String withOtherKey(String name, String... roles) {
    var other = SigningKeys.in(TestStack.home().resolve("other-keys"));
    return new TokenIssuer(other.privateKey()).issue(TokenRequest.of(name, roles));
  }

  /// `alg: none`
  public static String unsigned(String name, String... roles) {
    return TokenIssuer.unsigned(TokenRequest.of(name, roles));
  }

  private static String issue(TokenRequest request) {
    return new TokenIssuer(TestStack.keys().privateKey()).issue(request);
  }
}
