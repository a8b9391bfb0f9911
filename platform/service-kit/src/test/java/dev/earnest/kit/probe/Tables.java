package dev.earnest.kit.probe;

import dev.earnest.kit.event.Outbox;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What tests write and look at.
@ApplicationScoped
public class Tables {
  private final AgroalDataSource dataSource;
  private final Outbox outbox;

  public Tables(AgroalDataSource dataSource, Outbox outbox) {
    this.dataSource = dataSource;
    this.outbox = outbox;
  }

  /// One change of a subject as services make them: its row locked, its events appended.
  public void change(String key, Noted... events) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          lock(key);
          outbox.append(Arrays.asList(events));
        });
  }

  public void lock(String key) {
    update(
        "INSERT INTO subjects VALUES (?) ON CONFLICT (key) DO UPDATE SET key = excluded.key", key);
  }

  /// A change that joins the transaction of its caller.
  @Transactional
  public String ticket(String key, String secret) {
    lock(key);
    update("INSERT INTO tickets VALUES (?, ?)", key, secret);
    return secret;
  }

  public List<String> tickets(String key) {
    return query("SELECT secret FROM tickets WHERE key = ?", key);
  }

  public List<String> keptAnswers(String path) {
    return query("SELECT answer FROM idempotency_keys WHERE path = ?", path);
  }

  public List<Integer> effects(String key) {
    return query("SELECT number FROM effects WHERE key = ? ORDER BY position", key).stream()
        .map(Integer::valueOf)
        .toList();
  }

  public List<String> traces(String key) {
    return query("SELECT trace_id FROM effects WHERE key = ? ORDER BY position", key);
  }

  /// Why events of a key were parked, in their order.
  public List<String> parked(String key) {
    return query("SELECT reason FROM dead_letters WHERE key = ? ORDER BY position", key);
  }

  /// Of these, what is not replayed.
  public List<String> stillParked(String key) {
    return query(
        "SELECT reason FROM dead_letters WHERE key = ? AND replayed_at IS NULL ORDER BY position",
        key);
  }

  public int allParked() {
    String count = "SELECT count(*) FROM dead_letters WHERE replayed_at IS NULL AND key <> ?";
    return Integer.parseInt(query(count, "").getFirst());
  }

  /// What the id of a parked event is, and was of a record that is none.
  public String parkedId(String key) {
    return query("SELECT event_id FROM dead_letters WHERE key = ? ORDER BY position", key)
        .getFirst();
  }

  /// As an upgrade would: what could not be read can be now.
  public void upgrade(String key, byte[] head) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update =
            connection.prepareStatement("UPDATE dead_letters SET head = ? WHERE key = ?")) {
      update.setBytes(1, head);
      update.setString(2, key);
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public List<String> refusals(String eventId) {
    return query(
        "SELECT refused FROM inbox WHERE event_id = ?::uuid AND refused IS NOT NULL", eventId);
  }

  public List<String> waitingInOutbox(String key) {
    return query("SELECT event_id::text FROM outbox WHERE key = ? ORDER BY position", key);
  }

  /// For each other's end.
  public int transactionsThatWait() {
    return locksThatAreAwaited("transactionid");
  }

  public int keysThatAreAwaited() {
    return locksThatAreAwaited("advisory");
  }

  private int locksThatAreAwaited(String type) {
    return Integer.parseInt(
        query("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = ?", type).getFirst());
  }

  private List<String> query(String sql, String argument) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, argument);
      try (ResultSet row = select.executeQuery()) {
        List<String> found = new ArrayList<>();
        while (row.next()) {
          @Nullable String text = row.getString(1);
          found.add(String.valueOf(text));
        }
        return found;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void update(String sql, String... arguments) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        update.setString(i + 1, arguments[i]);
      }
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
