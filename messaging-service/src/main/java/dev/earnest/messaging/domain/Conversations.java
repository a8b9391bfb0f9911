package dev.earnest.messaging.domain;

import dev.earnest.kit.id.Ids;
import dev.earnest.messaging.domain.Database.Texts;
import dev.earnest.messaging.domain.Database.Uuids;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The conversations of each account, with what it has not read.
@ApplicationScoped
public class Conversations {
  private static final String MOVE =
      """
      INSERT INTO conversations AS known (account, task, last_message, moved, unread)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (account, task) DO UPDATE SET last_message = EXCLUDED.last_message,
        moved = EXCLUDED.moved, unread = known.unread + EXCLUDED.unread
      """;

  /// Whoever joins a task finds there what was said before.
  private static final String JOIN =
      """
      INSERT INTO conversations (account, task, last_message, moved, unread)
      SELECT joined.account, joined.task, (array_agg(m.id ORDER BY m.seq DESC))[1], ?, count(*)
      FROM unnest(?, ?) AS joined (account, task) JOIN messages m ON m.task = joined.task
      GROUP BY joined.account, joined.task
      ON CONFLICT (account, task) DO NOTHING
      """;

  private static final String PAGE =
      """
      SELECT c.unread, c.moved, t.title, t.status, t.buyer, t.agent,
      """
          + Messages.COLUMNS
          + """
          FROM conversations c
          JOIN tasks t ON t.id = c.task AND (t.buyer = c.account OR t.agent_account = c.account)
          JOIN messages m ON m.id = c.last_message
          WHERE c.account = ? AND c.moved < ?
          ORDER BY c.moved DESC LIMIT ?
          """;

  private static final String READ =
      """
      UPDATE conversations c SET read_seq = greatest(c.read_seq, ?), unread = (
        SELECT count(*) FROM messages m
        WHERE m.task = c.task AND m.seq > greatest(c.read_seq, ?) AND m.account <> c.account)
      WHERE c.account = ? AND c.task = ? RETURNING c.unread
      """;

  private static final String UNREAD =
      "SELECT unread FROM conversations WHERE account = ? AND task = ?";

  private static final UUID LAST = new UUID(-1, -1);

  private final Database database;
  private final Ids ids;

  Conversations(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  /// A conversation in the list of one of its parties.
  ///
  /// @param moved its place in the list
  /// @param unread how many messages of the other party are not read yet
  public record Conversation(
      UUID moved,
      UUID task,
      String title,
      String status,
      String buyer,
      @Nullable UUID agent,
      int unread,
      Message last) {}

  /// An account that has become a party of a task.
  record Party(String account, UUID task) {}

  void join(Collection<Party> joined) {
    if (!joined.isEmpty()) {
      database.update(
          JOIN,
          ids.next(),
          new Texts(joined.stream().map(Party::account).toList()),
          new Uuids(joined.stream().map(Party::task).toList()));
    }
  }

  void move(Collection<Posted> posted) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Posted one : posted) {
      UUID message = one.message().id();
      one.parties()
          .forEach(party -> {
            int unread = party.equals(one.account()) ? 0 : 1;
            rows.add(Database.values(party, one.taskId(), message, ids.next(), unread));
          });
    }
    database.batch(MOVE, rows);
  }

  /// At most `limit` conversations of an account, the one that moved last first.
  public List<Conversation> page(String account, @Nullable UUID before, int limit) {
    return database.query(PAGE, Conversations::map, account, before == null ? LAST : before, limit);
  }

  /// Moves the read mark, never backwards. The caller holds the task's lock.
  ///
  /// @return how many are unread behind it
  int read(String account, UUID task, long seq) {
    return database.query(READ, row -> row.getInt(1), seq, seq, account, task).stream()
        .findFirst()
        .orElse(0);
  }

  public int unread(String account, UUID task) {
    return database.query(UNREAD, row -> row.getInt(1), account, task).stream()
        .findFirst()
        .orElse(0);
  }

  private static Conversation map(ResultSet row) throws SQLException {
    return new Conversation(
        Database.requiredUuid(row, "moved"),
        Database.requiredUuid(row, "task"),
        row.getString("title"),
        row.getString("status"),
        row.getString("buyer"),
        Database.uuid(row, "agent"),
        row.getInt("unread"),
        Messages.map(row));
  }
}
