package dev.earnest.kit.idempotency;

import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Secrets;
import io.agroal.api.AgroalDataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The table of answers that may be given again.
@ApplicationScoped
class IdempotencyKeys {
  private static final Duration KEPT = Duration.ofHours(24);

  /// Whoever holds this lock is the first to use the key, or the only one to look now.
  private static final String LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))";

  private static final String FIND =
      """
      SELECT body_hash, status, answer FROM idempotency_keys
      WHERE account = ? AND method = ? AND path = ? AND key = ? AND created_at > ?
      """;

  /// A row that is older than a day is as good as none.
  private static final String STORE =
      """
      INSERT INTO idempotency_keys
        (account, method, path, key, body_hash, status, answer, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (account, method, path, key) DO UPDATE SET body_hash = excluded.body_hash,
        status = excluded.status, answer = excluded.answer, created_at = excluded.created_at
      """;

  private final AgroalDataSource dataSource;
  private final Secrets secrets;
  private final InstantSource clock;

  IdempotencyKeys(AgroalDataSource dataSource, Secrets secrets, InstantSource clock) {
    this.dataSource = dataSource;
    this.secrets = secrets;
    this.clock = clock;
  }

  /// What a key belongs to.
  record Use(String account, String method, String path, String key) {
    private String lockName() {
      return String.join("\n", account, method, path, key);
    }
  }

  /// @param json the body as it was sent
  record Answer(int status, String json) {}

  /// The answer to give again; null for the first use. Nobody else can use the key until the
  /// transaction ends.
  ///
  /// @throws Refusal 409 while another request with this key runs, 422 when it had another body
  @Nullable Answer begin(Use use, byte[] bodyHash) {
    try (Connection connection = dataSource.getConnection()) {
      if (!lock(connection, use)) {
        throw Refusal.conflict(
            "idempotency_key_in_use", "The first request with this Idempotency-Key still runs.");
      }
      return find(connection, use, bodyHash);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read idempotency keys", e);
    }
  }

  private static boolean lock(Connection connection, Use use) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setString(1, use.lockName());
      try (ResultSet locked = lock.executeQuery()) {
        return locked.next() && locked.getBoolean(1);
      }
    }
  }

  private @Nullable Answer find(Connection connection, Use use, byte[] bodyHash)
      throws SQLException {
    try (PreparedStatement find = connection.prepareStatement(FIND)) {
      name(find, use);
      find.setTimestamp(5, Timestamp.from(clock.instant().minus(KEPT)));
      try (ResultSet row = find.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        if (!MessageDigest.isEqual(row.getBytes(1), bodyHash)) {
          throw new Refusal(
              422,
              "idempotency_key_reused",
              "This Idempotency-Key was used for a request with another body.");
        }
        return new Answer(row.getInt(2), secrets.open(row.getString(3)));
      }
    }
  }

  /// Keeps the answer, in the transaction of the change.
  void store(Use use, byte[] bodyHash, Answer answer) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement store = connection.prepareStatement(STORE)) {
      name(store, use);
      store.setBytes(5, bodyHash);
      store.setInt(6, answer.status());
      store.setString(7, secrets.seal(answer.json()));
      store.setTimestamp(8, Timestamp.from(clock.instant()));
      store.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write idempotency keys", e);
    }
  }

  private static void name(PreparedStatement statement, Use use) throws SQLException {
    statement.setString(1, use.account());
    statement.setString(2, use.method());
    statement.setString(3, use.path());
    statement.setString(4, use.key());
  }

  @Scheduled(every = "1h", delayed = "2m")
  void forgetOldKeys() throws SQLException {
    String delete = "DELETE FROM idempotency_keys WHERE created_at < ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement forget = connection.prepareStatement(delete)) {
      forget.setTimestamp(1, Timestamp.from(clock.instant().minus(KEPT)));
      forget.executeUpdate();
    }
  }
}
