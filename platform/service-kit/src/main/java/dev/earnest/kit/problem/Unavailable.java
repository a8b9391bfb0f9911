package dev.earnest.kit.problem;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether something failed because the database cannot be reached or has no connection to spare at
/// the moment: nothing was done, and the caller may ask again.
final class Unavailable {
  /// SQLSTATE classes: connection exception, and operator intervention (the server shuts down).
  private static final String CONNECTION = "08";

  private static final String INTERVENTION = "57P";
  private static final String TOO_MANY_CONNECTIONS = "53300";

  private Unavailable() {}

  /// Looks also beside an error: there the transaction manager hangs why a commit failed.
  static boolean is(@Nullable Throwable error) {
    return error != null
        && (error instanceof SQLException sql && isAway(sql)
            || is(error.getCause())
            || Stream.of(error.getSuppressed()).anyMatch(Unavailable::is));
  }

  private static boolean isAway(SQLException error) {
    @Nullable String state = error.getSQLState();
    if (state == null) {
      // Agroal's: none came free in time, or no new one was made in time
      return error instanceof SQLTransientConnectionException
          || String.valueOf(error.getMessage())
              .toLowerCase(Locale.ROOT)
              .contains("acquisition timeout");
    }
    return state.startsWith(CONNECTION)
        || state.startsWith(INTERVENTION)
        || state.equals(TOO_MANY_CONNECTIONS);
  }
}
