package dev.earnest.task.domain;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/// What may be worked on recursively and with exact numbers: at most 64 levels, at most 60 digits.
final class JsonBounds {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_DIGITS = 60;

  private JsonBounds() {}

  static boolean holdFor(JsonNode node) {
    return hold(node, 1);
  }

  private static boolean hold(JsonNode node, int depth) {
    if (depth > MAX_DEPTH) {
      return false;
    }
    if (node.isNumber()) {
      return node.isIntegralNumber() && node.canConvertToLong() || isShort(node);
    }
    for (JsonNode child : node) {
      if (!hold(child, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isShort(JsonNode number) {
    if (number.isFloatingPointNumber() && !number.isBigDecimal()) {
      return Double.isFinite(number.doubleValue());
    }
    BigDecimal value = number.decimalValue();
    return value.precision() <= MAX_DIGITS && Math.abs((long) value.scale()) <= MAX_DIGITS;
  }
}
