package dev.earnest.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What `lifecycle.sql` says: which statements a lifecycle is, in which transactions. The format is
/// told on top of that file.
///
/// @param person what every person needs once
record Script(List<Transaction> person, List<Transaction> lifecycle) {
  private static final String FILE = "/lifecycle.sql";

  /// @param service whose database it is in
  record Transaction(String service, String name, List<Call> calls) {}

  /// @param parameters templates, see [Values]
  record Call(String sql, List<String> parameters) {}

  static Script read() {
    try (InputStream file = Objects.requireNonNull(Script.class.getResourceAsStream(FILE))) {
      return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What one service does in one transaction, and what every person needs of that service.
  Script only(String service, String name) {
    return new Script(
        person.stream().filter(one -> one.service().equals(service)).toList(),
        lifecycle.stream()
            .filter(one -> one.service().equals(service) && one.name().equals(name))
            .toList());
  }

  static Script parse(String text) {
    Map<String, String> statements = new HashMap<>();
    Map<String, List<Transaction>> scripts = new HashMap<>();
    List<Transaction> current = new ArrayList<>();
    for (String block : text.split("(?m)^-- (?=statement |transaction |script )")) {
      String[] headAndBody = block.split("\n", 2);
      String head = headAndBody[0].strip();
      String body = headAndBody.length > 1 ? headAndBody[1].strip() : "";
      switch (head.split(" ")[0]) {
        case "statement" -> statements.put(head.substring("statement ".length()), body);
        case "script" ->
            current = scripts.computeIfAbsent(head.substring(7), _ -> new ArrayList<>());
        case "transaction" -> current.add(transaction(head, body, statements));
        default -> {
          // what the file says about itself
        }
      }
    }
    return new Script(
        scripts.getOrDefault("person", List.of()), scripts.getOrDefault("lifecycle", List.of()));
  }

  private static Transaction transaction(String head, String body, Map<String, String> statements) {
    String[] serviceAndName = head.substring("transaction ".length()).split(": ", 2);
    List<Call> calls = new ArrayList<>();
    for (String line : body.split("\n")) {
      List<String> words = List.of(line.split(" \\| "));
      String sql = statements.get(words.getFirst());
      if (sql == null) {
        throw new IllegalArgumentException("there is no statement " + words.getFirst());
      }
      calls.add(new Call(sql, words.subList(1, words.size())));
    }
    return new Transaction(serviceAndName[0], serviceAndName[1], calls);
  }
}
