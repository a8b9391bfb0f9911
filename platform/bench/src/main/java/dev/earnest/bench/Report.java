package dev.earnest.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/// What came out, for people and for programs.
///
/// @param limit what PostgreSQL did for the same statements
/// @param ledgerOk whether the ledger check was clean afterwards
record Report(Options options, Measured marketplace, Measured limit, boolean ledgerOk) {
  /// Which part of what the database could do the marketplace does.
  double ratio() {
    return limit.perSecond() == 0 ? 0 : marketplace.perSecond() / limit.perSecond();
  }

  String table() {
    var text = new StringBuilder();
    line(text, "%-28s %12s %12s %12s", "", "a second", "p50 ms", "p99 ms");
    rows(text, "marketplace", marketplace);
    rows(text, "limit", limit);
    line(text, "marketplace / limit: %.3f", ratio());
    line(text, "ledger check: %s", ledgerOk ? "clean" : "BROKEN");
    return text.toString();
  }

  private static void rows(StringBuilder text, String name, Measured measured) {
    measured
        .steps()
        .forEach((step, times) -> {
          boolean whole = step.equals(Stopwatch.WHOLE);
          line(
              text,
              "%-28s %12s %12.1f %12.1f",
              whole ? name : "  " + name + ": " + step,
              whole ? "%.1f".formatted(measured.perSecond()) : "",
              times.p50Millis(),
              times.p99Millis());
        });
  }

  /// `{at, people, seconds, marketplace {perSecond, lifecycles, steps {name: {p50Millis, p99Millis}}},
  /// limit {the same}, ratio, ledgerOk}`.
  void write(Path file) throws IOException {
    JsonMapper json = new JsonMapper();
    ObjectNode root = json.createObjectNode();
    root.put("at", Instant.now().toString());
    root.put("people", options.people());
    root.put("seconds", options.measured().toSeconds());
    fill(root.putObject("marketplace"), marketplace);
    fill(root.putObject("limit"), limit);
    root.put("ratio", ratio());
    root.put("ledgerOk", ledgerOk);
    Files.createDirectories(file.toAbsolutePath().getParent());
    json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }

  private static void fill(ObjectNode node, Measured measured) {
    node.put("perSecond", measured.perSecond());
    node.put("lifecycles", measured.lifecycles());
    ObjectNode steps = node.putObject("steps");
    measured
        .steps()
        .forEach((name, step) ->
            steps
                .putObject(name)
                .put("p50Millis", step.p50Millis())
                .put("p99Millis", step.p99Millis()));
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
