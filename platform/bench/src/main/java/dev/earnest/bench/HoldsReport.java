package dev.earnest.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/// What came out of [HoldsBench], in holds a second.
///
/// @param limit of the same statements over a pool, one transaction for each hold
/// @param batches of the service as it is
/// @param ones of the service with batches of one event
record HoldsReport(int holds, double limit, double batches, double ones, boolean ledgerOk) {
  double ofLimit() {
    return batches / limit;
  }

  double ofOnes() {
    return batches / ones;
  }

  String table() {
    return String.format(
        Locale.ROOT,
        """
        %-46s %10s
        %-46s %10.1f
        %-46s %10.1f
        %-46s %10.1f
        batches / limit: %.2f (at least 0.5 is wanted)
        batches / batches of one: %.2f (at least 2 is wanted)
        ledger check: %s
        """,
        "",
        "holds/s",
        "limit: one transaction a hold, over a pool",
        limit,
        "escrow-service, through Kafka",
        batches,
        "escrow-service, batches of one",
        ones,
        ofLimit(),
        ofOnes(),
        ledgerOk ? "clean" : "BROKEN");
  }

  /// `{at, holds, limit, batches, batchesOfOne, batchesOfLimit, batchesOfOnes, ledgerOk}`, rates in
  /// holds a second.
  void write(Path file) throws IOException {
    JsonMapper json = new JsonMapper();
    Files.createDirectories(file.toAbsolutePath().getParent());
    json.writerWithDefaultPrettyPrinter()
        .writeValue(
            file.toFile(),
            json.createObjectNode()
                .put("at", Instant.now().toString())
                .put("holds", holds)
                .put("limit", limit)
                .put("batches", batches)
                .put("batchesOfOne", ones)
                .put("batchesOfLimit", ofLimit())
                .put("batchesOfOnes", ofOnes())
                .put("ledgerOk", ledgerOk));
  }
}
