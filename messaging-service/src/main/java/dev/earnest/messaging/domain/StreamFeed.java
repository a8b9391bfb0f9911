package dev.earnest.messaging.domain;

import dev.earnest.messaging.domain.Channel.Kind;
import dev.earnest.messaging.domain.Database.Longs;
import dev.earnest.messaging.domain.Database.Uuids;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What open streams are told, in the order of each stream's ids.
@ApplicationScoped
public class StreamFeed {
  /// The most that one reader is given at once; it asks again when it has taken them.
  public static final int PAGE = 100;

  private static final String APPEND =
      "INSERT INTO stream_events (task, id, name, data) VALUES (?, ?, ?, ?)";

  private static final String OF_TASKS =
      """
      SELECT asked.after, e.id AS event_id, e.name, e.data,
      """
          + TaskHeads.COLUMNS
          + """
          FROM unnest(?, ?) AS asked (task, after)
          JOIN tasks t ON t.id = asked.task
          CROSS JOIN LATERAL (
            SELECT id, name, data FROM stream_events
            WHERE task = asked.task AND id > asked.after AND %s ORDER BY id LIMIT
          """
          + PAGE
          + """
          ) AS e
          ORDER BY t.id, asked.after, e.id
          """;

  private static final String AFTER_IN_TASKS =
      OF_TASKS.formatted("(t.done_id IS NULL OR id <= t.done_id)");

  private static final String AFTER_IN_CONVERSATIONS = OF_TASKS.formatted("name = 'message'");

  private static final String AFTER_IN_INBOXES =
      """
      SELECT asked.inbox, asked.after, e.id AS event_id, e.name, e.data
      FROM unnest(?, ?) AS asked (inbox, after)
      CROSS JOIN LATERAL (
        SELECT id, name, data FROM inbox_events
        WHERE inbox = asked.inbox AND id > asked.after ORDER BY id LIMIT
      """
          + PAGE
          + """
          ) AS e
          ORDER BY asked.inbox, asked.after, e.id
          """;

  private final Database database;

  StreamFeed(Database database) {
    this.database = database;
  }

  /// A place in a stream: behind the event with this id.
  public record Position(Channel channel, long after) {}

  /// @param stream the task's id, or the inbox's
  public record StreamEvent(UUID stream, long id, String name, String data) {}

  /// What follows a position, and the task as it is now where it is about one.
  public record Page(@Nullable TaskHead head, List<StreamEvent> events) {
    public long last() {
      return events.getLast().id();
    }
  }

  void append(Collection<StreamEvent> events) {
    database.batch(
        APPEND,
        events.stream().map(e -> Database.values(e.stream(), e.id(), e.name(), e.data())).toList());
  }

  /// What follows each of many positions, in one round trip for each kind of stream; positions
  /// behind which there is nothing are left out.
  public Map<Position, Page> after(Collection<Position> positions) {
    Map<Kind, List<Position>> byKind =
        positions.stream().collect(Collectors.groupingBy(position -> position.channel().kind()));
    Map<Position, Page> pages = new HashMap<>();
    byKind.forEach((kind, asked) -> {
      Uuids streams = new Uuids(asked.stream().map(p -> p.channel().id()).toList());
      Longs afters = new Longs(asked.stream().map(Position::after).toList());
      database.query(sql(kind), row -> Found.map(kind, row), streams, afters).stream()
          .collect(Collectors.groupingBy(Found::position))
          .forEach((position, rows) -> pages.put(position, page(rows)));
    });
    return pages;
  }

  private static String sql(Kind kind) {
    return switch (kind) {
      case TASK -> AFTER_IN_TASKS;
      case CONVERSATION -> AFTER_IN_CONVERSATIONS;
      case INBOX -> AFTER_IN_INBOXES;
    };
  }

  private static Page page(List<Found> rows) {
    return new Page(rows.getLast().head(), rows.stream().map(Found::event).toList());
  }

  private record Found(Position position, @Nullable TaskHead head, StreamEvent event) {
    static Found map(Kind kind, ResultSet row) throws SQLException {
      @Nullable TaskHead head = kind == Kind.INBOX ? null : TaskHeads.map(row);
      UUID stream = head == null ? Database.requiredUuid(row, "inbox") : head.id();
      return new Found(
          new Position(new Channel(kind, stream), row.getLong("after")),
          head,
          new StreamEvent(
              stream, row.getLong("event_id"), row.getString("name"), row.getString("data")));
    }
  }
}
