package dev.earnest.messaging.domain;

import dev.earnest.messaging.domain.Database.Longs;
import dev.earnest.messaging.domain.Database.Uuids;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What open streams of tasks are told, in the order of each task's ids.
@ApplicationScoped
public class StreamFeed {
  /// The most that one reader is given at once; it asks again when it has taken them.
  public static final int PAGE = 100;

  private static final String APPEND =
      "INSERT INTO stream_events (task, id, name, data) VALUES (?, ?, ?, ?)";

  private static final String AFTER =
      """
      SELECT asked.after, e.id AS event_id, e.name, e.data,
      """
          + TaskHeads.COLUMNS
          + """
          FROM unnest(?, ?) AS asked (task, after)
          CROSS JOIN LATERAL (
            SELECT id, name, data FROM stream_events
            WHERE task = asked.task AND id > asked.after ORDER BY id LIMIT
          """
          + PAGE
          + """
          ) AS e
          JOIN tasks t ON t.id = asked.task
          ORDER BY t.id, asked.after, e.id
          """;

  private final Database database;
  private final List<Consumer<Set<UUID>>> listeners = new CopyOnWriteArrayList<>();

  StreamFeed(Database database) {
    this.database = database;
  }

  /// A place in a task's stream: behind the event with this id.
  public record Position(UUID task, long after) {}

  public record StreamEvent(UUID task, long id, String name, String data) {}

  /// What follows a position, and the task as it is now.
  public record Page(TaskHead head, List<StreamEvent> events) {
    public boolean isFull() {
      return events.size() == PAGE;
    }
  }

  /// Calls back, soon after commit and in this process only, with the tasks that have something new.
  public void onNews(Consumer<Set<UUID>> listener) {
    listeners.add(listener);
  }

  void tell(Set<UUID> tasks) {
    listeners.forEach(listener -> listener.accept(tasks));
  }

  void append(Collection<StreamEvent> events) {
    database.batch(
        APPEND,
        events.stream().map(e -> Database.values(e.task(), e.id(), e.name(), e.data())).toList());
  }

  /// What follows each of many positions, in one round trip; positions behind which there is
  /// nothing are left out.
  public Map<Position, Page> after(Collection<Position> positions) {
    Uuids tasks = new Uuids(positions.stream().map(Position::task).toList());
    Longs afters = new Longs(positions.stream().map(Position::after).toList());
    Map<Position, List<Found>> found =
        database.query(AFTER, Found::map, tasks, afters).stream()
            .collect(Collectors.groupingBy(Found::position));
    Map<Position, Page> pages = new HashMap<>();
    found.forEach((position, rows) ->
        pages.put(
            position, new Page(rows.getLast().head(), rows.stream().map(Found::event).toList())));
    return pages;
  }

  private record Found(Position position, TaskHead head, StreamEvent event) {
    static Found map(ResultSet row) throws SQLException {
      TaskHead head = TaskHeads.map(row);
      return new Found(
          new Position(head.id(), row.getLong("after")),
          head,
          new StreamEvent(
              head.id(), row.getLong("event_id"), row.getString("name"), row.getString("data")));
    }
  }
}
