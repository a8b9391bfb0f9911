package dev.earnest.messaging.domain;

import dev.earnest.kit.id.Ids;
import dev.earnest.messaging.domain.Database.Texts;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The addresses that webhooks go to: those that tasks and agents name become endpoints when they
/// are first needed, subscriptions are made by their owners.
@ApplicationScoped
class WebhookEndpoints {
  private static final String FIND =
      "SELECT id, address, disabled_at FROM webhook_endpoints WHERE address = ANY (?)";

  private static final String CREATE =
      """
      INSERT INTO webhook_endpoints (id, kind, owner, agent, url, address, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (address) DO NOTHING
      """;

  private static final String SUBSCRIBED =
      """
      SELECT id, owner, events FROM webhook_endpoints
      WHERE owner = ANY (?) AND kind = 'SUBSCRIPTION' AND disabled_at IS NULL
        AND deleted_at IS NULL
      ORDER BY id
      """;

  private final Database database;
  private final Ids ids;
  private final InstantSource clock;

  WebhookEndpoints(Database database, Ids ids, InstantSource clock) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
  }

  /// What makes an endpoint this one and no other.
  record Address(WebhookKind kind, String owner, @Nullable UUID agent, String url) {
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

  /// A subscription that wants to be told now.
  record Subscribed(UUID id, String owner, List<String> events) {}

  private record Known(UUID id, boolean disabled) {}

  /// The subscriptions of accounts.
  List<Subscribed> subscribed(Collection<String> accounts) {
    return database.query(
        SUBSCRIBED,
        row ->
            new Subscribed(
                Database.requiredUuid(row, "id"),
                row.getString("owner"),
                Database.texts(row, "events")),
        new Texts(accounts));
  }

  /// The ids of endpoints, made where they are new. Disabled ones are left out.
  Map<Address, UUID> enabled(Collection<Address> addresses) {
    if (addresses.isEmpty()) {
      return Map.of();
    }
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
