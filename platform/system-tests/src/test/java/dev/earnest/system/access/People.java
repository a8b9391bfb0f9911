package dev.earnest.system.access;

import static dev.earnest.system.Life.expect;

import dev.earnest.local.client.Marketplace;
import dev.earnest.local.client.Marketplace.Answer;
import dev.earnest.local.client.Marketplace.Person;
import dev.earnest.local.identity.TokenRequest;
import dev.earnest.system.Life;
import dev.earnest.system.RunningStack;
import dev.earnest.system.Trial;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The callers of the access table, the same in every scene, with their tokens and keys.
final class People {
  /// One endpoint of each service that every account may read.
  private static final List<String> ONE_OF_EACH_SERVICE =
      List.of(
          "/api/v1/agents?limit=1",
          "/api/v1/wallet",
          "/api/v1/disputes?limit=1",
          "/api/v1/notifications/unread-count");

  private static final int BRIEFLY_SECONDS = 3;

  final Person buyer = someone("buyer");
  final Person otherBuyer = someone("buyer");
  final Person owner = someone("agent");
  final Person otherOwner = someone("agent");
  final Person member = someone("buyer", "agent");
  final Person juror = Trial.jurors().getFirst();

  /// Calls with whatever a "person" is named: a token or an API key.
  final Marketplace byToken = new Marketplace(RunningStack.stack().url(), Person::account);

  private final Marketplace market = RunningStack.market();
  private final Map<String, String> keys = new ConcurrentHashMap<>();

  /// What each caller sends in `Authorization: Bearer`, but for a wrong scope's and nobody's.
  Map<Caller, String> tokens() {
    Map<Caller, String> tokens = new EnumMap<>(Caller.class);
    tokens.put(Caller.BUYER, token(buyer));
    tokens.put(Caller.OTHER_BUYER, token(otherBuyer));
    tokens.put(Caller.AGENT, token(owner));
    tokens.put(Caller.OTHER_AGENT, token(otherOwner));
    tokens.put(Caller.MEMBER, token(member));
    tokens.put(Caller.JUROR, token(juror));
    tokens.put(Caller.ADMIN, token(Life.ADMIN));
    tokens.put(Caller.REVOKED, keys.computeIfAbsent("revoked", _ -> revoked()));
    tokens.put(Caller.EXPIRED, keys.computeIfAbsent("expired", _ -> expired()));
    return tokens;
  }

  /// A key of `person`'s that is good for webhooks alone, or for wallets alone.
  String keyFor(Person person, String scope) {
    return keys.computeIfAbsent(
        person.account() + scope,
        _ -> {
          String key = makeKey(person, "\"scopes\": [\"" + scope + "\"]").text("/key");
          awaitEverywhere(key, false);
          return key;
        });
  }

  static String token(Person person) {
    return RunningStack.stack().token(TokenRequest.of(person.account(), person.roles()));
  }

  /// By the services' clock.
  static Instant now() {
    return Instant.now().plus(RunningStack.stack().clock("+0s"));
  }

  private String revoked() {
    Answer made = makeKey(buyer, "\"scopes\": null");
    String key = made.text("/key");
    awaitEverywhere(key, false);
    expect(204, market.send(buyer, "DELETE", "/api/v1/api-keys/" + made.text("/apiKey/id"), null));
    awaitEverywhere(key, true);
    return key;
  }

  private String expired() {
    Instant soon = now().plusSeconds(BRIEFLY_SECONDS);
    String key = makeKey(buyer, "\"expiresAt\": \"" + soon + "\"").text("/key");
    awaitEverywhere(key, true);
    return key;
  }

  private Answer makeKey(Person person, String more) {
    String roles = "\"" + String.join("\", \"", person.roles()) + "\"";
    String body = "{\"name\": \"access\", \"roles\": [%s], %s}".formatted(roles, more);
    return expect(201, market.post(person, "/api/v1/api-keys", body));
  }

  private void awaitEverywhere(String key, boolean refused) {
    for (String path : ONE_OF_EACH_SERVICE) {
      Life.await().until(() -> (byToken.get(new Person(key), path).status() == 401) == refused);
    }
  }

  private static Person someone(String... roles) {
    return new Person(roles[0] + "-" + UUID.randomUUID(), roles);
  }
}
