package dev.earnest.task.api.assistant;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// People, by their e-mail addresses.
final class Emails {
  /// One @ between two parts without blanks or separators; who gets there is not ours to know.
  static final String PATTERN = "[^\\s@,;<>\"]+@[^\\s@,;<>\"]+";

  static final String MESSAGE = "must be an e-mail address";
  static final int MAX_LENGTH = 254;
  static final int MOST = 100;

  private Emails() {}

  /// In lower case, each once, in the order in which they came.
  static List<String> read(@Nullable List<String> written) {
    return written == null
        ? List.of()
        : written.stream().map(email -> email.toLowerCase(Locale.ROOT)).distinct().toList();
  }
}
