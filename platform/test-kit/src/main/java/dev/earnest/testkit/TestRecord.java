package dev.earnest.testkit;

import java.util.Map;

/// A record of a topic as a consumer sees it. `headers` holds the CloudEvents attributes under their header names.
public record TestRecord(String topic, String key, String value, Map<String, String> headers) {
  public TestRecord {
    headers = Map.copyOf(headers);
  }

  /// The event's type, or an empty word where there is none.
  public String type() {
    return headers.getOrDefault("ce_type", "");
  }

  public String id() {
    return headers.getOrDefault("ce_id", "");
  }
}
