package dev.earnest.escrow.api;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lines of comma-separated values (RFC 4180). Text that a spreadsheet would take for a formula is
/// written with an apostrophe before it: people write references and notes, and accountants open them.
final class Csv {
  /// JSON is what whoever names no type gets.
  static final String WHEN_ASKED_FOR = "text/csv;qs=0.1";

  private static final String FORMULA = "=+-@\t\r";

  private final Writer out;

  Csv(Writer out) {
    this.out = out;
  }

  /// Numbers and names of our own are written as they are; what people wrote is a [Text].
  void line(List<? extends @Nullable Object> values) throws IOException {
    for (int i = 0; i < values.size(); i++) {
      out.write(i == 0 ? "" : ",");
      out.write(field(values.get(i)));
    }
    out.write("\r\n");
  }

  /// What somebody wrote.
  record Text(@Nullable String value) {}

  private static String field(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Text(String text) when text == null -> "";
      case Text(String text) -> quoted(isFormula(text) ? "'" + text : text);
      case Object other -> quoted(other.toString());
    };
  }

  private static boolean isFormula(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
  }

  private static String quoted(String text) {
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
