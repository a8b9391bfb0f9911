package dev.earnest.kit.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;

/// JSON of any shape that a caller gives us to keep. What can be read but not written again in
/// reasonable space, or not stored, is refused: nesting that our answers would push over the limit
/// of every reader, numbers whose digits fill the memory, and NUL.
final class BoundedJson extends StdDeserializer<JsonNode> {
  private static final long serialVersionUID = 1;
  private static final int MAX_DEPTH = 64;
  private static final int MAX_DIGITS = 60;

  BoundedJson() {
    super(JsonNode.class);
  }

  @Override
  public JsonNode deserialize(JsonParser json, DeserializationContext context) throws IOException {
    JsonNode node = JsonNodeDeserializer.getDeserializer(JsonNode.class).deserialize(json, context);
    check(node, 1, context);
    return node;
  }

  @Override
  public JsonNode getNullValue(DeserializationContext context) {
    return NullNode.getInstance();
  }

  private static void check(JsonNode node, int depth, DeserializationContext context)
      throws IOException {
    if (depth > MAX_DEPTH) {
      context.reportInputMismatch(
          JsonNode.class, "JSON must not be nested deeper than " + MAX_DEPTH);
    }
    if (node.isTextual()) {
      checkText(node.textValue(), context);
    } else if (node.isNumber()) {
      checkNumber(node, context);
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      checkText(member.getKey(), context);
      check(member.getValue(), depth + 1, context);
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        check(element, depth + 1, context);
      }
    }
  }

  private static void checkText(String text, DeserializationContext context) throws IOException {
    if (text.indexOf('\0') >= 0) {
      context.reportInputMismatch(JsonNode.class, "text must not contain the character NUL");
    }
  }

  private static void checkNumber(JsonNode number, DeserializationContext context)
      throws IOException {
    BigDecimal value = number.decimalValue();
    if (value.precision() > MAX_DIGITS || Math.abs((long) value.scale()) > MAX_DIGITS) {
      context.reportInputMismatch(JsonNode.class, "a number must not need over 60 digits");
    }
  }
}
