package dev.earnest.task.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.ApiKey;
import dev.earnest.kit.security.ApiKeys;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Role;
import dev.earnest.kit.security.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes API keys and takes them back. A key can do no more than its maker, and makes no keys.
@ApplicationScoped
public class KeyRing {
  /// An account has at most so many.
  private static final int MOST = 100;

  private static final int RANDOM_BYTES = 32;

  private final ApiKeys keys;
  private final Teams teams;
  private final Outbox outbox;
  private final Ids ids;
  private final InstantSource clock;

  KeyRing(ApiKeys keys, Teams teams, Outbox outbox, Ids ids, InstantSource clock) {
    this.keys = keys;
    this.teams = teams;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  /// @param secret the key itself, which nobody can read again
  public record Made(ApiKey key, String secret) {}

  /// @throws Refusal 403 for roles or scopes that the maker lacks, or to another key; 404 for a team that the
  ///     maker does not belong to; 409 `too_many_keys`
  @Transactional
  public Made make(NewApiKey wanted, Caller caller) {
    caller.requirePerson();
    for (Role role : wanted.roles()) {
      caller.require(role);
    }
    if (caller.scopes() != null) {
      requireWithin(wanted.scopes(), caller.scopes());
    }
    if (wanted.team() != null) {
      teams.requireMember(wanted.team(), caller);
    }
    if (keys.of(caller.account(), MOST).size() >= MOST) {
      throw Refusal.conflict("too_many_keys", "An account has at most " + MOST + " API keys.");
    }
    return make(wanted, caller.account());
  }

  private static void requireWithin(@Nullable Set<Scope> wanted, Set<Scope> scopes) {
    if (wanted == null || !scopes.containsAll(wanted)) {
      throw Refusal.forbidden("A key can do no more than the token that it is made with.");
    }
  }

  /// The keys of the caller's account, without the revoked ones.
  @Transactional
  public List<ApiKey> list(Caller caller) {
    return keys.of(caller.account(), MOST);
  }

  /// Revokes a key; every service knows within a second.
  ///
  /// @throws Refusal 403 to another key, 404
  @Transactional
  public void revoke(UUID id, Caller caller) {
    caller.requirePerson();
    ApiKey key =
        keys.find(id)
            .filter(known -> known.account().equals(caller.account()) || caller.isAdmin())
            .orElseThrow(() -> Refusal.notFound("API key"));
    if (key.revokedAt() == null) {
      revoke(key);
    }
  }

  /// Gives an agent a token of its own in place of those that it had.
  Made rotate(Agent agent) {
    keys.ofAgent(agent.id(), MOST).forEach(this::revoke);
    return make(
        new NewApiKey(
            agent.name(), Set.of(Role.AGENT), null, agent.team(), agent.id(), null, null, null),
        agent.account());
  }

  private Made make(NewApiKey wanted, String account) {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String secret = ApiKey.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    ApiKey key =
        new ApiKey(
            ids.next(),
            account,
            wanted.name(),
            wanted.roles(),
            wanted.scopes(),
            wanted.team(),
            wanted.agent(),
            wanted.capPerTask(),
            wanted.capPerDay(),
            wanted.expiresAt(),
            clock.instant(),
            null,
            1,
            null);
    save(key, ApiKeys.hash(secret));
    return new Made(key, secret);
  }

  private void revoke(ApiKey key) {
    Instant now = clock.instant();
    save(key.revoked(now), keys.hash(key.id()));
  }

  private void save(ApiKey key, byte[] hash) {
    keys.save(key, hash);
    outbox.append(ApiKeyChanged.of(key, hash));
  }
}
