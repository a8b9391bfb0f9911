package dev.earnest.kit.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.kit.id.Ids;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a transaction puts what it has to tell. Appending is part of the change: either both are
/// committed or neither. The relay is woken when the transaction has committed.
///
/// **The caller holds the row lock of the event's subject** while it appends; the order of the
/// events of one key rests on that.
@ApplicationScoped
public class Outbox {
  /// Keys are spread over this many lanes; replicas of a service share the lanes.
  static final int LANES = 16;

  /// Well under what the broker takes, so that nothing in the outbox can ever be refused by it.
  private static final int MAX_BYTES = 900_000;

  private static final String INSERT =
      """
      INSERT INTO outbox (lane, event_id, topic, key, type, subject, occurred_at, traceparent, data)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final AgroalDataSource dataSource;
  private final AfterCommit afterCommit;
  private final ObjectMapper json;
  private final Ids ids;
  private final InstantSource clock;
  private final Relay relay;

  public Outbox(
      AgroalDataSource dataSource,
      AfterCommit afterCommit,
      ObjectMapper json,
      Ids ids,
      InstantSource clock,
      Relay relay) {
    this.dataSource = dataSource;
    this.afterCommit = afterCommit;
    this.json = json;
    this.ids = ids;
    this.clock = clock;
    this.relay = relay;
  }

  /// An event written down within the trace that it belongs to, to be appended later: a handler of a
  /// batch collects them, so that what many events have to tell is one round trip.
  public static final class Draft {
    private final DomainEvent event;
    private final byte[] data;
    private final @Nullable String traceparent;

    private Draft(DomainEvent event, byte[] data, @Nullable String traceparent) {
      this.event = event;
      this.data = data;
      this.traceparent = traceparent;
    }
  }

  public Draft draft(DomainEvent event) {
    return new Draft(event, bytes(event), Traces.currentTraceparent());
  }

  /// Appends events in their order, in one round trip.
  ///
  /// @throws IllegalStateException outside a transaction
  public void append(List<? extends DomainEvent> events) {
    appendDrafts(events.stream().map(this::draft).toList());
  }

  /// As [#append(List)], each event in the trace in which it was drafted.
  public void appendDrafts(List<Draft> drafts) {
    if (drafts.isEmpty()) {
      return;
    }
    wakeRelayAfterCommit();
    Timestamp now = Timestamp.from(clock.instant());
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Draft draft : drafts) {
        DomainEvent event = draft.event;
        String key = event.subject();
        insert.setInt(1, lane(key));
        insert.setObject(2, ids.next());
        insert.setString(3, event.topic());
        insert.setString(4, key);
        insert.setString(5, event.type());
        insert.setString(6, event.subject());
        insert.setTimestamp(7, now);
        insert.setString(8, draft.traceparent);
        insert.setBytes(9, draft.data);
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the outbox", e);
    }
  }

  public void append(DomainEvent event) {
    append(List.of(event));
  }

  static int lane(String key) {
    return Math.floorMod(key.hashCode(), LANES);
  }

  private byte[] bytes(DomainEvent event) {
    try {
      byte[] bytes = json.writeValueAsBytes(event);
      if (bytes.length > MAX_BYTES) {
        throw new EventTooLarge(event.type(), bytes.length);
      }
      return bytes;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + event.type(), e);
    }
  }

  private void wakeRelayAfterCommit() {
    afterCommit.run(relay::wake);
  }
}
