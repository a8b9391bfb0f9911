package dev.earnest.messaging.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.kit.id.Ids;
import dev.earnest.messaging.domain.Database.Uuids;
import dev.earnest.messaging.domain.Inboxes.Letter;
import dev.earnest.messaging.domain.Notification.Category;
import dev.earnest.messaging.domain.Notification.Draft;
import dev.earnest.messaging.domain.Notification.Way;
import dev.earnest.messaging.domain.Preferences.Off;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The feed of each account.
@ApplicationScoped
public class Notifications {
  private static final String COLUMNS = " id, category, type, title, task, read_at, created_at ";

  private static final String ADD =
      """
      INSERT INTO notifications (id, account, category, type, title, task, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String PAGE =
      "SELECT"
          + COLUMNS
          + "FROM notifications WHERE account = ? AND id < ? ORDER BY id DESC LIMIT ?";

  private static final String UNREAD_PAGE =
      "SELECT"
          + COLUMNS
          + """
          FROM notifications WHERE account = ? AND id < ? AND read_at IS NULL
          ORDER BY id DESC LIMIT ?
          """;

  private static final String COUNT =
      """
      SELECT category, count(*) FROM notifications
      WHERE account = ? AND read_at IS NULL GROUP BY category
      """;

  private static final String READ =
      """
      UPDATE notifications SET read_at = ?
      WHERE account = ? AND read_at IS NULL AND id = ANY (?)
      """;

  private static final String READ_ALL =
      "UPDATE notifications SET read_at = ? WHERE account = ? AND read_at IS NULL";

  private static final UUID LAST = new UUID(-1, -1);

  private final Database database;
  private final Preferences preferences;
  private final Inboxes inboxes;
  private final Ids ids;
  private final InstantSource clock;
  private final ObjectMapper json;

  Notifications(
      Database database,
      Preferences preferences,
      Inboxes inboxes,
      Ids ids,
      InstantSource clock,
      ObjectMapper json) {
    this.database = database;
    this.preferences = preferences;
    this.inboxes = inboxes;
    this.ids = ids;
    this.clock = clock;
    this.json = json;
  }

  /// Tells accounts what they want to know, in the transaction of the caller, which tells inboxes
  /// nothing else.
  void tell(Collection<Draft> drafts) {
    inboxes.append(add(drafts));
  }

  /// As [#tell], but leaves it to the caller to tell the open streams.
  List<Letter> add(Collection<Draft> drafts) {
    Set<Off> off = preferences.off(drafts.stream().map(Draft::account).distinct().toList());
    Instant now = clock.instant();
    List<@Nullable Object[]> rows = new ArrayList<>();
    List<Letter> letters = new ArrayList<>();
    for (Draft draft : drafts) {
      if (!off.contains(new Off(draft.account(), draft.category(), Way.FEED))) {
        UUID id = ids.next();
        rows.add(row(id, draft, now));
        letters.add(letter(id, draft, now));
      }
    }
    database.batch(ADD, rows);
    return letters;
  }

  /// At most `limit` notifications, newest first.
  public List<Notification> page(
      String account, boolean unreadOnly, @Nullable UUID before, int limit) {
    return database.query(
        unreadOnly ? UNREAD_PAGE : PAGE,
        Notifications::map,
        account,
        before == null ? LAST : before,
        limit);
  }

  /// How many are not read yet, of each category.
  public Map<Category, Integer> unread(String account) {
    Map<Category, Integer> counts = new EnumMap<>(Category.class);
    for (Category category : Category.values()) {
      counts.put(category, 0);
    }
    database.query(
        COUNT,
        row -> counts.put(Category.valueOf(row.getString("category")), row.getInt("count")),
        account);
    return counts;
  }

  /// Marks those of the account's that are among these.
  ///
  /// @return how many were not read before
  @Transactional
  public int read(String account, Collection<UUID> these) {
    return database.update(READ, clock.instant(), account, new Uuids(these));
  }

  @Transactional
  public int readAll(String account) {
    return database.update(READ_ALL, clock.instant(), account);
  }

  private static @Nullable Object[] row(UUID id, Draft draft, Instant now) {
    return Database.values(
        id,
        draft.account(),
        draft.category().name(),
        draft.type(),
        draft.title(),
        draft.task(),
        now);
  }

  private Letter letter(UUID id, Draft draft, Instant now) {
    Notification notification =
        new Notification(
            id, draft.category(), draft.type(), draft.title(), draft.task(), false, now);
    try {
      return new Letter(
          Channel.account(draft.account()), "notification", json.writeValueAsString(notification));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a notification", e);
    }
  }

  private static Notification map(ResultSet row) throws SQLException {
    return new Notification(
        Database.requiredUuid(row, "id"),
        Category.valueOf(row.getString("category")),
        row.getString("type"),
        row.getString("title"),
        Database.uuid(row, "task"),
        row.getTimestamp("read_at") != null,
        Database.requiredInstant(row, "created_at"));
  }
}
