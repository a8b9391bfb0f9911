package dev.earnest.testkit;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The committed contracts of the events: a JSON Schema and an example for each type.
public final class Contracts {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private Contracts() {}

  /// The example of an event type such as `earnest.task.delivered.v1`, as JSON.
  public static String example(String type) {
    return resource("contracts/" + type + ".example.json");
  }

  public static String schema(String type) {
    return resource("contracts/" + type + ".schema.json");
  }

  /// What is wrong with an event's payload, one line each; empty when it keeps the contract.
  public static List<String> violations(String type, String json) {
    var schema =
        SCHEMAS.computeIfAbsent(type, name -> REGISTRY.getSchema(schema(name), InputFormat.JSON));
    var errors =
        schema.validate(
            json,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    return errors.stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  public static void assertKept(String type, String json) {
    var violations = violations(type, json);
    if (!violations.isEmpty()) {
      throw new AssertionError(
          type + " breaks its contract:\n" + String.join("\n", violations) + "\nin " + json);
    }
  }

  private static String resource(String path) {
    try (var stream = Contracts.class.getClassLoader().getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalArgumentException("no contract at " + path);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
