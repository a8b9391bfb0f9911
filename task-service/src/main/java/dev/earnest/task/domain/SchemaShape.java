package dev.earnest.task.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.problem.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The anatomy of a schema: its subschemas by their place, and which of them apply to the same value.
/// What it does not know is left out of the reduced schema, which alone is verified by; what would
/// lead out of the document, or round in it without consuming anything, is refused.
final class SchemaShape {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final int MAX_CHAIN = 32;
  private static final int MAX_PATTERNS = 10_000;
  private static final String FIELD = "outputSchema";

  private static final Set<String> MAPS =
      Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");
  private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
  private static final Set<String> SINGLE =
      Set.of(
          "items",
          "contains",
          "additionalProperties",
          "propertyNames",
          "unevaluatedItems",
          "unevaluatedProperties",
          "not",
          "if",
          "then",
          "else");
  private static final Set<String> SAME_VALUE =
      Set.of("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas");
  private static final Set<String> VALUES =
      Set.of(
          "$ref",
          "type",
          "enum",
          "const",
          "multipleOf",
          "maximum",
          "exclusiveMaximum",
          "minimum",
          "exclusiveMinimum",
          "maxLength",
          "minLength",
          "pattern",
          "maxItems",
          "minItems",
          "uniqueItems",
          "maxContains",
          "minContains",
          "maxProperties",
          "minProperties",
          "required",
          "dependentRequired");
  private static final Set<String> FORMATS =
      Set.of(
          "date",
          "time",
          "date-time",
          "duration",
          "email",
          "hostname",
          "ipv4",
          "ipv6",
          "uri",
          "uri-reference",
          "uuid");
  private static final Set<String> REFUSED =
      Set.of(
          "$id",
          "$schema",
          "$anchor",
          "$dynamicRef",
          "$dynamicAnchor",
          "$recursiveRef",
          "$recursiveAnchor",
          "$vocabulary",
          "dependencies",
          "additionalItems");

  /// The places that apply to the same value as a place does, by place (a JSON pointer).
  private final Map<String, List<String>> sameValue = new HashMap<>();

  private final Map<String, Integer> heights = new HashMap<>();
  private final JsonNode reduced;
  private int patternSize;

  private SchemaShape(JsonNode schema) {
    reduced = reduce(schema, "");
    for (String place : List.copyOf(sameValue.keySet())) {
      height(place, 0);
    }
  }

  static SchemaShape of(JsonNode schema) {
    return new SchemaShape(schema);
  }

  static void refuseOtherDialects(JsonNode schema) {
    JsonNode dialect = schema.path("$schema");
    if (!dialect.isMissingNode()
        && !(dialect.isTextual()
            && (dialect.textValue().equals(DIALECT)
                || dialect.textValue().equals(DIALECT + "#")))) {
      throw Refusal.invalid(FIELD, "$schema must be absent or " + DIALECT);
    }
  }

  JsonNode reduced() {
    return reduced;
  }

  private JsonNode reduce(JsonNode schema, String place) {
    List<String> edges = new ArrayList<>();
    sameValue.put(place, edges);
    if (!schema.isObject()) {
      return schema;
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      String keyword = member.getKey();
      JsonNode value = member.getValue();
      String below = place + "/" + keyword;
      if (MAPS.contains(keyword)) {
        result.set(keyword, reduceMap(keyword, value, below, edges));
      } else if (LISTS.contains(keyword)) {
        result.set(keyword, reduceList(keyword, value, below, edges));
      } else if (SINGLE.contains(keyword)) {
        result.set(keyword, reduce(value, below));
        addEdge(keyword, below, edges);
      } else if (VALUES.contains(keyword)
          || keyword.equals("format") && FORMATS.contains(value.asText())) {
        result.set(keyword, value);
      }
      refuse(keyword, value, place, edges);
    }
    return result;
  }

  private ObjectNode reduceMap(String keyword, JsonNode map, String place, List<String> edges) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : map.properties()) {
      String below = place + "/" + member.getKey().replace("~", "~0").replace("/", "~1");
      result.set(member.getKey(), reduce(member.getValue(), below));
      addEdge(keyword, below, edges);
      if (keyword.equals("patternProperties")) {
        checkPattern(member.getKey(), place);
      }
    }
    return result;
  }

  private ArrayNode reduceList(String keyword, JsonNode list, String place, List<String> edges) {
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : list) {
      String below = place + "/" + result.size();
      result.add(reduce(element, below));
      addEdge(keyword, below, edges);
    }
    return result;
  }

  private static void addEdge(String keyword, String place, List<String> edges) {
    if (SAME_VALUE.contains(keyword)) {
      edges.add(place);
    }
  }

  private void refuse(String keyword, JsonNode value, String place, List<String> edges) {
    if (keyword.equals("pattern")) {
      checkPattern(value.asText(), place + "/pattern");
    } else if (keyword.equals("$ref")) {
      edges.add(target(value.asText(), place));
    } else if (REFUSED.contains(keyword)
        && !(place.isEmpty() && (keyword.equals("$id") || keyword.equals("$schema")))) {
      throw Refusal.invalid(FIELD, place + "/" + keyword + " is not supported here");
    }
  }

  private void checkPattern(String expression, String place) {
    try {
      patternSize += LinearPattern.of(expression).size();
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(
          FIELD, place + " is no pattern that can be matched in linear time: " + e.getMessage());
    }
    if (patternSize > MAX_PATTERNS) {
      throw Refusal.invalid(FIELD, "its patterns are too large");
    }
  }

  private static String target(String reference, String place) {
    if (!reference.equals("#") && !reference.startsWith("#/")) {
      throw Refusal.invalid(
          FIELD, place + "/$ref must stay within the schema (# or #/…); nothing is fetched");
    }
    try {
      return URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(FIELD, place + "/$ref is no valid reference");
    }
  }

  /// How many schemas are passed, at most, before something of the value is consumed.
  private int height(String place, int above) {
    if (above > MAX_CHAIN) {
      throw Refusal.invalid(
          FIELD, place + " refers to itself without end, or through more than 32 schemas");
    }
    Integer known = heights.get(place);
    if (known != null) {
      return known;
    }
    List<String> edges = sameValue.get(place);
    if (edges == null) {
      throw Refusal.invalid(FIELD, "a $ref names " + place + ", where there is no schema");
    }
    int height = 0;
    for (String edge : edges) {
      height = Math.max(height, 1 + height(edge, above + 1));
    }
    if (height > MAX_CHAIN) {
      throw Refusal.invalid(FIELD, place + " refers through more than 32 schemas");
    }
    heights.put(place, height);
    return height;
  }
}
