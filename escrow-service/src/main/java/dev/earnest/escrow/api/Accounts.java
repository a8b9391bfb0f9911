package dev.earnest.escrow.api;

import dev.earnest.kit.problem.Refusal;
import org.jspecify.annotations.Nullable;

/// Reads names that callers write: of accounts, of payments.
final class Accounts {
  private static final int MAX_LENGTH = 200;
  private static final int MAX_NOTE = 1000;

  private Accounts() {}

  /// @throws Refusal 400 when it is missing, blank, over 200 characters, or holds what no database
  ///     column or log line should
  static String name(String field, @Nullable String text) {
    if (text == null || text.isBlank()) {
      throw Refusal.invalid(field, "is required");
    }
    if (text.length() > MAX_LENGTH) {
      throw Refusal.invalid(field, "must not be longer than " + MAX_LENGTH + " characters");
    }
    if (text.codePoints().anyMatch(Accounts::isUnfit)) {
      throw Refusal.invalid(field, "must not contain control characters");
    }
    return text;
  }

  /// What somebody wants to say: absent and blank are nothing said.
  ///
  /// @throws Refusal 400 when it is over 1000 characters, or holds what no database column should
  static @Nullable String note(String field, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.codePointCount(0, text.length()) > MAX_NOTE) {
      throw Refusal.invalid(field, "must not be longer than " + MAX_NOTE + " characters");
    }
    if (text.codePoints().anyMatch(point -> point != '\n' && isUnfit(point))) {
      throw Refusal.invalid(field, "must not contain control characters");
    }
    return text;
  }

  private static boolean isUnfit(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }
}
