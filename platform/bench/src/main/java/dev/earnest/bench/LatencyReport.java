package dev.earnest.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/// How long it takes to hear of a change, beside a bare relay's time in the same run.
///
/// @param what who hears, such as a webhook receiver
record LatencyReport(String what, Latencies heard, Latencies relay) {
  private static final double P99 = 99;

  double ratio() {
    return relay.count() == 0 ? 0 : heard.millis(P99) / relay.millis(P99);
  }

  String table() {
    return String.format(Locale.ROOT, "%-28s %12s %12s %12s%n", "", "changes", "p50 ms", "p99 ms")
        + row(what, heard)
        + row("bare relay", relay)
        + String.format(Locale.ROOT, "p99 of %s / bare relay: %.2f%n", what, ratio());
  }

  private static String row(String name, Latencies times) {
    return String.format(
        Locale.ROOT,
        "%-28s %12d %12.1f %12.1f%n",
        name,
        times.count(),
        times.millis(50),
        times.millis(P99));
  }

  /// `{at, what, perSecond, heard {changes, p50Millis, p99Millis}, relay {the same}, ratio}`.
  void write(Path file) throws IOException {
    JsonMapper json = new JsonMapper();
    ObjectNode root = json.createObjectNode();
    root.put("at", Instant.now().toString());
    root.put("what", what);
    root.put("perSecond", Changes.PER_SECOND);
    fill(root.putObject("heard"), heard);
    fill(root.putObject("relay"), relay);
    root.put("ratio", ratio());
    Files.createDirectories(file.toAbsolutePath().getParent());
    json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }

  private static void fill(ObjectNode node, Latencies times) {
    node.put("changes", times.count());
    node.put("p50Millis", times.millis(50));
    node.put("p99Millis", times.millis(P99));
  }
}
