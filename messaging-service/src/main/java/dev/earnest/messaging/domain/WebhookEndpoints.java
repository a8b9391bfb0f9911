package dev.earnest.messaging.domain;

import dev.earnest.kit.id.Ids;
import dev.earnest.messaging.domain.Database.Texts;
import dev.earnest.messaging.domain.Database.Uuids;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The addresses that webhooks go to, and how they are doing.
@ApplicationScoped
class WebhookEndpoints {
  /// An address that has failed for so long, without one success, is disabled.
  private static final Duration PATIENCE = Duration.ofDays(5);

  private static final String FIND =
      "SELECT id, address, disabled_at FROM webhook_endpoints WHERE address = ANY (?)";

  private static final String CREATE =
      """
      INSERT INTO webhook_endpoints (id, kind, owner, agent, url, address, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (address) DO NOTHING
      """;

  private static final String WORKS =
      "UPDATE webhook_endpoints SET failing_since = NULL"
          + " WHERE id = ANY (?) AND failing_since IS NOT NULL";

  private static final String FAILS =
      """
      UPDATE webhook_endpoints SET failing_since = coalesce(failing_since, ?),
        disabled_at = CASE WHEN failing_since <= ? THEN ? ELSE disabled_at END,
        disabled_reason = CASE WHEN failing_since <= ? THEN 'failing' ELSE disabled_reason END
      WHERE id = ANY (?) AND disabled_at IS NULL AND (failing_since IS NULL OR failing_since <= ?)
      RETURNING id, disabled_at
      """;

  private static final String DISABLE =
      "UPDATE webhook_endpoints SET disabled_at = ?, disabled_reason = 'gone' WHERE id = ANY (?)";

  private final Database database;
  private final Ids ids;
  private final InstantSource clock;

  WebhookEndpoints(Database database, Ids ids, InstantSource clock) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
  }

  enum Kind {
    CALLBACK,
    AGENT
  }

  /// What makes an endpoint this one and no other.
  record Address(Kind kind, String owner, @Nullable UUID agent, String url) {
    String hash() {
      try {
        String whole = kind + "\n" + owner + "\n" + agent + "\n" + url;
        byte[] digest =
            MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("no SHA-256", e);
      }
    }
  }

  private record Known(UUID id, boolean disabled) {}

  /// The ids of endpoints, made where they are new. Disabled ones are left out.
  Map<Address, UUID> enabled(Collection<Address> addresses) {
    Map<String, Address> byHash = new HashMap<>();
    addresses.forEach(address -> byHash.put(address.hash(), address));
    Map<String, Known> known = find(byHash.keySet());
    if (known.size() < byHash.size()) {
      Instant now = clock.instant();
      List<@Nullable Object[]> missing =
          byHash.entrySet().stream()
              .filter(entry -> !known.containsKey(entry.getKey()))
              .sorted(Map.Entry.comparingByKey())
              .map(entry -> row(entry.getValue(), entry.getKey(), now))
              .toList();
      database.batch(CREATE, missing);
      known.putAll(find(byHash.keySet()));
    }
    Map<Address, UUID> enabled = new HashMap<>();
    known.forEach((hash, endpoint) -> {
      Address address = byHash.get(hash);
      if (address != null && !endpoint.disabled()) {
        enabled.put(address, endpoint.id());
      }
    });
    return enabled;
  }

  void work(Collection<UUID> endpoints) {
    if (!endpoints.isEmpty()) {
      database.update(WORKS, new Uuids(endpoints));
    }
  }

  /// Returns those that have failed for too long and are disabled now.
  List<UUID> fail(Collection<UUID> endpoints) {
    if (endpoints.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    Instant tooLong = now.minus(PATIENCE);
    return database
        .query(
            FAILS,
            row -> new Known(Database.requiredUuid(row, "id"), row.getTimestamp(2) != null),
            now,
            tooLong,
            now,
            tooLong,
            new Uuids(endpoints),
            tooLong)
        .stream()
        .filter(Known::disabled)
        .map(Known::id)
        .toList();
  }

  void disableGone(Collection<UUID> endpoints) {
    if (!endpoints.isEmpty()) {
      database.update(DISABLE, clock.instant(), new Uuids(endpoints));
    }
  }

  private Map<String, Known> find(Collection<String> hashes) {
    Map<String, Known> known = new HashMap<>();
    database.query(
        FIND,
        row ->
            known.put(
                row.getString("address"),
                new Known(Database.requiredUuid(row, "id"), row.getTimestamp(3) != null)),
        new Texts(hashes));
    return known;
  }

  private @Nullable Object[] row(Address address, String hash, Instant now) {
    return Database.values(
        ids.next(),
        address.kind().name(),
        address.owner(),
        address.agent(),
        address.url(),
        hash,
        now);
  }
}
