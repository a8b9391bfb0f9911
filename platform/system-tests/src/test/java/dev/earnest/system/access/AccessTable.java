package dev.earnest.system.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// `access.txt`: one row per endpoint and scene, one column per caller.
public final class AccessTable {
  private AccessTable() {}

  /// @param path with the scene's names in braces, such as `/api/v1/tasks/{task}`
  /// @param expected the status that each caller gets
  /// @param body empty for none
  public record Row(
      String method, String path, Scene scene, Map<Caller, Integer> expected, String body) {
    public Row {
      expected = Map.copyOf(expected);
    }

    /// As the OpenAPI documents say it, whatever their names for what stands in braces.
    public String endpoint() {
      return endpoint(method, path);
    }

    public static String endpoint(String method, String path) {
      return method + " " + path.replaceAll("\\?.*", "").replaceAll("\\{[^}]*}", "{}");
    }

    @Override
    public String toString() {
      return method + " " + path + " (" + scene + ")";
    }
  }

  public static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    try (var file = AccessTable.class.getResourceAsStream("/access.txt")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.isBlank() && line.charAt(0) != '#')
          .map(AccessTable::row)
          .forEach(rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static Row row(String line) {
    Caller[] callers = Caller.values();
    String[] words = line.strip().split("\\s+", callers.length + 4);
    if (words.length < callers.length + 3) {
      throw new IllegalArgumentException("not a row: " + line);
    }
    Map<Caller, Integer> expected = new EnumMap<>(Caller.class);
    for (Caller caller : callers) {
      expected.put(caller, Integer.valueOf(words[3 + caller.ordinal()]));
    }
    String body = words.length > callers.length + 3 ? words[callers.length + 3] : "";
    return new Row(words[0], words[1], Scene.valueOf(words[2]), expected, body);
  }
}
