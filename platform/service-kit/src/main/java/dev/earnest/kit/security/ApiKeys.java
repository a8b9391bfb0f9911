package dev.earnest.kit.security;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The table of API keys.
@ApplicationScoped
public class ApiKeys {
  private static final String COLUMNS =
      "id, account, name, roles, scopes, team, agent, cap_per_task, cap_per_day, expires_at,"
          + " created_at, revoked_at, version, last_used_at";

  /// An older state of a key never overwrites a newer one.
  private static final String SAVE =
      """
      INSERT INTO api_keys AS k (id, hash, account, name, roles, scopes, team, agent, cap_per_task,
        cap_per_day, expires_at, created_at, revoked_at, version)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET revoked_at = excluded.revoked_at, version = excluded.version
      WHERE k.version < excluded.version
      """;

  private static final String USED =
      """
      UPDATE api_keys SET last_used_at = ?
      WHERE id = ? AND (last_used_at IS NULL OR last_used_at <= ?)
      """;

  private final AgroalDataSource dataSource;

  public ApiKeys(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  public static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no SHA-256", e);
    }
  }

  /// A key by what its bearer sent, good or not.
  public Optional<ApiKey> find(String key) {
    return query("hash = ?", hash(key), 1).stream().findFirst();
  }

  public Optional<ApiKey> find(UUID id) {
    return query("id = ?", id, 1).stream().findFirst();
  }

  /// An account's keys that are not revoked.
  public List<ApiKey> of(String account, int limit) {
    return query("account = ? AND revoked_at IS NULL", account, limit);
  }

  /// Keys that act as an agent and are not revoked.
  public List<ApiKey> ofAgent(UUID agent, int limit) {
    return query("agent = ? AND revoked_at IS NULL", agent, limit);
  }

  /// The hash of a key that is there.
  public byte[] hash(UUID id) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT hash FROM api_keys WHERE id = ?")) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBytes(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read API keys", e);
    }
  }

  private List<ApiKey> query(String condition, Object value, int limit) {
    String sql =
        "SELECT %s FROM api_keys WHERE %s ORDER BY id LIMIT ?".formatted(COLUMNS, condition);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, value);
      select.setInt(2, limit);
      try (ResultSet row = select.executeQuery()) {
        List<ApiKey> keys = new ArrayList<>();
        while (row.next()) {
          keys.add(read(row));
        }
        return keys;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read API keys", e);
    }
  }

  /// Writes a key as it is now.
  public void save(ApiKey key, byte[] hash) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement save = connection.prepareStatement(SAVE)) {
      save.setObject(1, key.id());
      save.setBytes(2, hash);
      save.setString(3, key.account());
      save.setString(4, key.name());
      save.setArray(5, texts(connection, words(key.roles(), Enum::name)));
      Set<Scope> scopes = key.scopes();
      save.setArray(6, scopes == null ? null : texts(connection, words(scopes, Scope::word)));
      save.setObject(7, key.team());
      save.setObject(8, key.agent());
      save.setObject(9, key.capPerTask());
      save.setObject(10, key.capPerDay());
      save.setTimestamp(11, timestamp(key.expiresAt()));
      save.setTimestamp(12, timestamp(key.createdAt()));
      save.setTimestamp(13, timestamp(key.revokedAt()));
      save.setLong(14, key.version());
      save.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write API keys", e);
    }
  }

  /// Notes that a key was used.
  ///
  /// @param unless it was used since
  /// @return whether that was news
  boolean used(UUID id, Instant at, Instant unless) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update = connection.prepareStatement(USED)) {
      update.setTimestamp(1, Timestamp.from(at));
      update.setObject(2, id);
      update.setTimestamp(3, Timestamp.from(unless));
      return update.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write API keys", e);
    }
  }

  private static <T> List<String> words(Collection<T> values, Function<T, String> word) {
    return values.stream().map(word).sorted().toList();
  }

  private static Array texts(Connection connection, List<String> words) throws SQLException {
    return connection.createArrayOf("text", words.toArray());
  }

  private static @Nullable Timestamp timestamp(@Nullable Instant at) {
    return at == null ? null : Timestamp.from(at);
  }

  private static ApiKey read(ResultSet row) throws SQLException {
    @Nullable Array scopes = row.getArray("scopes");
    return new ApiKey(
        row.getObject("id", UUID.class),
        row.getString("account"),
        row.getString("name"),
        texts(row.getArray("roles")).map(Role::valueOf).collect(Collectors.toSet()),
        scopes == null
            ? null
            : texts(scopes).flatMap(word -> Scope.of(word).stream()).collect(Collectors.toSet()),
        row.getObject("team", UUID.class),
        row.getObject("agent", UUID.class),
        row.getObject("cap_per_task", Long.class),
        row.getObject("cap_per_day", Long.class),
        instant(row, "expires_at"),
        row.getTimestamp("created_at").toInstant(),
        instant(row, "revoked_at"),
        row.getLong("version"),
        instant(row, "last_used_at"));
  }

  private static Stream<String> texts(Array array) throws SQLException {
    return Stream.of((String[]) array.getArray());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    @Nullable Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
