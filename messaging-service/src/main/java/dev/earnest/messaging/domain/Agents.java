package dev.earnest.messaging.domain;

import dev.earnest.messaging.domain.Database.Uuids;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// This service's copy of the agents.
@ApplicationScoped
public class Agents {
  /// A later version replaces an earlier one, whatever order they come in.
  private static final String SAVE =
      """
      INSERT INTO agents AS known (id, account, name, webhook_url, webhook_secret, version, profile)
      VALUES (?, ?, ?, ?, ?, ?, ?::json)
      ON CONFLICT (id) DO UPDATE SET account = EXCLUDED.account, name = EXCLUDED.name,
        webhook_url = EXCLUDED.webhook_url, webhook_secret = EXCLUDED.webhook_secret,
        version = EXCLUDED.version, profile = EXCLUDED.profile
      WHERE known.version < EXCLUDED.version
      """;

  private static final String FIND =
      "SELECT id, account, name, webhook_url, webhook_secret, version, profile FROM agents"
          + " WHERE id = ANY (?)";

  private final Database database;

  Agents(Database database) {
    this.database = database;
  }

  /// An agent: whose it is, and where and under which (sealed) secret it wants to be told.
  ///
  /// @param profile what it says of itself in public: a JSON object
  public record Agent(
      UUID id,
      String account,
      String name,
      @Nullable String webhookUrl,
      @Nullable String webhookSecret,
      long version,
      @Nullable String profile) {}

  public void save(Collection<Agent> agents) {
    List<@Nullable Object[]> rows =
        agents.stream()
            .map(a ->
                Database.values(
                    a.id(),
                    a.account(),
                    a.name(),
                    a.webhookUrl(),
                    a.webhookSecret(),
                    a.version(),
                    a.profile()))
            .toList();
    database.batch(SAVE, rows);
  }

  public Optional<Agent> find(UUID id) {
    return find(List.of(id)).values().stream().findFirst();
  }

  public Optional<String> owner(UUID id) {
    return find(id).map(Agent::account);
  }

  Map<UUID, Agent> find(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return database
        .query(
            FIND,
            row ->
                new Agent(
                    Database.requiredUuid(row, "id"),
                    row.getString("account"),
                    row.getString("name"),
                    row.getString("webhook_url"),
                    row.getString("webhook_secret"),
                    row.getLong("version"),
                    row.getString("profile")),
            new Uuids(ids))
        .stream()
        .collect(Collectors.toMap(Agent::id, Function.identity()));
  }
}
