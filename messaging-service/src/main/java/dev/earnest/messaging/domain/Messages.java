package dev.earnest.messaging.domain;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What was said about every task; append-only.
@ApplicationScoped
public class Messages {
  static final String COLUMNS =
      " m.id, m.task, m.seq, m.sender, m.sender_role, m.content, m.attachment_url, m.created_at ";

  private static final String APPEND =
      """
      INSERT INTO messages
        (task, seq, id, account, sender, sender_role, content, attachment_url, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String PAGE =
      "SELECT" + COLUMNS + "FROM messages m WHERE m.task = ? AND m.seq > ? ORDER BY m.seq LIMIT ?";

  private static final String NEWEST =
      "SELECT * FROM (SELECT"
          + COLUMNS
          + "FROM messages m WHERE m.task = ? ORDER BY m.seq DESC LIMIT ?) AS newest ORDER BY seq";

  private static final String SEARCH =
      "SELECT"
          + COLUMNS
          + """
          FROM messages m JOIN tasks t ON t.id = m.task
          WHERE m.words @@ websearch_to_tsquery('simple', ?)
            AND m.task IN (SELECT task FROM conversations WHERE account = ?)
            AND (t.buyer = ? OR t.agent_account = ?) AND m.id < ?
          ORDER BY m.id DESC LIMIT ?
          """;

  private static final String SEQ = "SELECT seq FROM messages WHERE task = ? AND id = ?";

  private static final UUID LAST = new UUID(-1, -1);

  private final Database database;

  Messages(Database database) {
    this.database = database;
  }

  /// A message and its place in the conversation.
  public record Placed(long seq, Message message) {}

  void append(Collection<Posted> posted) {
    database.batch(
        APPEND,
        posted.stream()
            .map(p -> {
              Message message = p.message();
              return Database.values(
                  message.taskId(),
                  p.seq(),
                  message.id(),
                  p.account(),
                  message.senderId(),
                  message.senderRole().name(),
                  message.content(),
                  message.attachmentUrl(),
                  message.createdAt());
            })
            .toList());
  }

  /// At most `limit` messages after a place, oldest first.
  public List<Placed> page(UUID task, long after, int limit) {
    return database.query(PAGE, Messages::placed, task, after, limit);
  }

  /// The newest messages, oldest first.
  public List<Message> newest(UUID task, int limit) {
    return database.query(NEWEST, Messages::map, task, limit);
  }

  /// Messages with all words of a query in the conversations of an account, newest first.
  ///
  /// @param query words, "phrases" and -exclusions
  /// @param before the id of the last message of the page before
  public List<Message> search(String account, String query, @Nullable UUID before, int limit) {
    UUID end = before == null ? LAST : before;
    return database.query(SEARCH, Messages::map, query, account, account, account, end, limit);
  }

  Optional<Long> seq(UUID task, UUID message) {
    return database.query(SEQ, row -> row.getLong(1), task, message).stream().findFirst();
  }

  static Placed placed(ResultSet row) throws SQLException {
    return new Placed(row.getLong("seq"), map(row));
  }

  static Message map(ResultSet row) throws SQLException {
    return new Message(
        Database.requiredUuid(row, "id"),
        Database.requiredUuid(row, "task"),
        row.getString("sender"),
        SenderRole.valueOf(row.getString("sender_role")),
        row.getString("content"),
        row.getString("attachment_url"),
        Database.requiredInstant(row, "created_at"));
  }
}
