package dev.earnest.system.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.local.client.Marketplace;
import dev.earnest.system.OwnStack;
import dev.earnest.system.RunningStack;
import dev.earnest.system.access.AccessTable.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An operation of an OpenAPI document: what it may be asked and what it may answer.
///
/// @param parameters names of its query parameters
/// @param answers media types of each status that it names, empty where it says nothing of a body
record Operation(List<String> parameters, Map<String, List<String>> answers) {
  private static final String PROBLEM = "application/problem+json";

  Operation {
    parameters = List.copyOf(parameters);
    answers = Map.copyOf(answers);
  }

  /// Those of all services, by the name that the access table has for them.
  static Map<String, Operation> all() {
    Map<String, Operation> operations = new HashMap<>();
    for (String service : OwnStack.SERVICES) {
      JsonNode paths = Marketplace.read(RunningStack.document(service)).path("paths");
      paths
          .properties()
          .forEach(path ->
              path.getValue()
                  .properties()
                  .forEach(operation ->
                      operations.put(
                          Row.endpoint(operation.getKey().toUpperCase(Locale.ROOT), path.getKey()),
                          of(operation.getValue()))));
    }
    return operations;
  }

  private static Operation of(JsonNode operation) {
    List<String> parameters = new ArrayList<>();
    operation
        .path("parameters")
        .forEach(parameter -> {
          if (parameter.path("in").asText().equals("query")) {
            parameters.add(parameter.path("name").asText());
          }
        });
    Map<String, List<String>> answers = new HashMap<>();
    operation
        .path("responses")
        .properties()
        .forEach(answer -> {
          List<String> types = new ArrayList<>();
          answer
              .getValue()
              .path("content")
              .fieldNames()
              .forEachRemaining(type -> types.add(type.replaceAll("\\s*;.*", "")));
          answers.put(answer.getKey(), types);
        });
    return new Operation(parameters, answers);
  }

  /// Whether the document declares such an answer.
  ///
  /// @param type without its parameters; empty for no body
  boolean declares(int status, String type) {
    List<String> types = answers.get(Integer.toString(status));
    if (types == null) {
      return status >= 400 && type.equals(PROBLEM) && answers.containsKey("default");
    }
    return type.isEmpty()
        || types.contains(type)
        || types.contains("*/*")
        || (status >= 400 && type.equals(PROBLEM));
  }
}
