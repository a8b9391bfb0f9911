package dev.earnest.messaging.domain;

import dev.earnest.messaging.domain.Database.Texts;
import dev.earnest.messaging.domain.Notification.Category;
import dev.earnest.messaging.domain.Notification.Way;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What accounts do not want to be told, and where. Who has said nothing is told everything.
@ApplicationScoped
public class Preferences {
  private static final String FIND =
      "SELECT account, category, channel FROM notifications_off WHERE account = ANY (?)";

  private static final String OFF =
      """
      INSERT INTO notifications_off (account, category, channel) VALUES (?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private static final String ON =
      "DELETE FROM notifications_off WHERE account = ? AND category = ? AND channel = ?";

  private final Database database;

  Preferences(Database database) {
    this.database = database;
  }

  /// Something that an account does not want.
  public record Off(String account, Category category, Way way) {}

  /// All that these accounts do not want.
  public Set<Off> off(Collection<String> accounts) {
    if (accounts.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        database.query(
            FIND,
            row ->
                new Off(
                    row.getString("account"),
                    Category.valueOf(row.getString("category")),
                    Way.valueOf(row.getString("channel"))),
            new Texts(accounts)));
  }

  /// Changes what is named and nothing else.
  ///
  /// @param wanted whether the account wants to be told
  @Transactional
  public void change(Map<Off, Boolean> wanted) {
    database.batch(OFF, rows(wanted, false));
    database.batch(ON, rows(wanted, true));
  }

  private static List<Object[]> rows(Map<Off, Boolean> wanted, boolean on) {
    return wanted.entrySet().stream()
        .filter(entry -> entry.getValue() == on)
        .map(Map.Entry::getKey)
        .map(off -> new Object[] {off.account(), off.category().name(), off.way().name()})
        .toList();
  }
}
