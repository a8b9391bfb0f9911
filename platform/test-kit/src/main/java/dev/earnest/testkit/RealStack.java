package dev.earnest.testkit;

import dev.earnest.local.identity.TokenRequest;
import dev.earnest.local.postgres.Databases;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Gives a service under test a real PostgreSQL and a real Kafka, and the configuration to use them.
///
/// Use as `@WithTestResource(value = RealStack.class, initArgs = @ResourceArg(name = "service", value = "task"))`
/// with `task`, `escrow`, `dispute` or `messaging`. All tests of a JVM share both servers, and the database: make your
/// own accounts and tasks rather than counting rows. `keys = jwks` takes the keys of [IdentityProvider] instead of the
/// local stack's.
public final class RealStack implements QuarkusTestResourceLifecycleManager {
  /// 32 bytes for AES-256-GCM and HMAC; not secret, since it protects only what tests make up.
  public static final String SECRET = "dGVzdC1vbmx5LXNlY3JldC1vZi0zMi1ieXRlcy0hISE=";

  private String service = "";
  private boolean jwks;

  @Override
  public void init(Map<String, String> arguments) {
    service = arguments.getOrDefault("service", "");
    jwks = "jwks".equals(arguments.get("keys"));
    if (!Databases.ALL.contains(service)) {
      throw new IllegalArgumentException(
          "RealStack needs service = one of " + Databases.ALL + ", not '" + service + "'");
    }
  }

  @Override
  public Map<String, String> start() {
    TestStack.require(service);
    return Map.ofEntries(
        Map.entry("quarkus.http.test-port", "0"),
        Map.entry("quarkus.datasource.jdbc.url", TestStack.jdbcUrl(service)),
        Map.entry("quarkus.datasource.username", Databases.runner(service)),
        Map.entry("quarkus.datasource.password", TestStack.PASSWORDS.runner()),
        Map.entry("quarkus.flyway.username", Databases.owner(service)),
        Map.entry("quarkus.flyway.password", TestStack.PASSWORDS.owner()),
        Map.entry("kafka.bootstrap.servers", TestStack.bootstrapServers()),
        Map.entry(
            "mp.jwt.verify.publickey.location",
            jwks ? IdentityProvider.url() : TestStack.keys().publicKeyFile().toUri().toString()),
        // with more than one algorithm, a PEM key is read as one of any of them, at random
        Map.entry("mp.jwt.verify.publickey.algorithm", jwks ? "RS256,ES256" : "RS256"),
        Map.entry("mp.jwt.verify.issuer", TokenRequest.ISSUER),
        Map.entry("mp.jwt.verify.audiences", TokenRequest.AUDIENCE),
        Map.entry("earnest.secret", SECRET),
        Map.entry("earnest.public-url", "http://localhost:8080"),
        Map.entry("earnest.local", "true"),
        Map.entry("earnest.clock-file", TestClock.file().toString()));
  }

  /// The servers serve the next test class too; they end with the JVM.
  @Override
  public void stop() {}
}
