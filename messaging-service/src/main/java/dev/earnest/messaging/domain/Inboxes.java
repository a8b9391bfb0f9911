package dev.earnest.messaging.domain;

import dev.earnest.kit.event.AfterCommit;
import dev.earnest.messaging.domain.Database.Longs;
import dev.earnest.messaging.domain.Database.Uuids;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The streams of agents and of accounts.
@ApplicationScoped
public class Inboxes {
  /// Makes the rows that are missing and locks them all, in one order, in one round trip.
  private static final String COUNT =
      """
      INSERT INTO inboxes AS known (id, told)
      SELECT id, told FROM unnest(?, ?) AS news (id, told) ORDER BY id
      ON CONFLICT (id) DO UPDATE SET told = known.told + EXCLUDED.told
      RETURNING id, told
      """;

  private static final String APPEND =
      "INSERT INTO inbox_events (inbox, id, name, data) VALUES (?, ?, ?, ?)";

  private static final String TOLD = "SELECT told FROM inboxes WHERE id = ?";

  private final Database database;
  private final StreamNews news;
  private final AfterCommit afterCommit;

  Inboxes(Database database, StreamNews news, AfterCommit afterCommit) {
    this.database = database;
    this.news = news;
    this.afterCommit = afterCommit;
  }

  /// Something to tell; `data` is JSON.
  record Letter(Channel to, String name, String data) {}

  /// Where a stream stands: its newest event, and what a reader has of it.
  public record Standing(long newest, OptionalLong seen) {}

  /// A reader of a stream that was still empty has its very first id.
  public Standing standing(Channel inbox, @Nullable String lastEventId) {
    long start = StreamIds.start(inbox.id());
    long told =
        database.query(TOLD, row -> row.getLong(1), inbox.id()).stream().findFirst().orElse(0L);
    long newest = start + told;
    return new Standing(newest, StreamIds.position(lastEventId, start - 1, newest));
  }

  /// Appends in their order, in the transaction of the caller.
  void append(Collection<Letter> letters) {
    if (letters.isEmpty()) {
      return;
    }
    Map<UUID, Long> next = count(letters);
    List<@Nullable Object[]> rows = new ArrayList<>(letters.size());
    for (Letter letter : letters) {
      UUID inbox = letter.to().id();
      long id = Objects.requireNonNull(next.merge(inbox, 1L, Long::sum));
      rows.add(Database.values(inbox, id, letter.name(), letter.data()));
    }
    database.batch(APPEND, rows);
    afterCommit.run(() -> news.tell(next.keySet()));
  }

  /// The newest id that each inbox had before.
  private Map<UUID, Long> count(Collection<Letter> letters) {
    Map<UUID, Long> counts =
        letters.stream()
            .collect(
                Collectors.groupingBy(
                    letter -> letter.to().id(), TreeMap::new, Collectors.counting()));
    return database
        .query(
            COUNT,
            row -> Map.entry(Database.requiredUuid(row, "id"), row.getLong("told")),
            new Uuids(counts.keySet()),
            new Longs(counts.values()))
        .stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                told ->
                    StreamIds.start(told.getKey())
                        + told.getValue()
                        - Objects.requireNonNull(counts.get(told.getKey()))));
  }
}
