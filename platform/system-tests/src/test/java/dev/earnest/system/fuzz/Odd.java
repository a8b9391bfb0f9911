package dev.earnest.system.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.List;
import java.util.random.RandomGenerator;

/// Values that nobody should send, and that are sent.
final class Odd {
  private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0.0",
          "-1",
          "1e308",
          "1e-7",
          "1e400",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "1000000000000.000001",
          "0.0000001",
          "0.5",
          "99999999999999999999999999999999");

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "\u0007\u001b[31m",
          "\ud800",
          "\udfff\ud800",
          "\ufffe\uffff",
          "\u202ecod.exe",
          "\ud83d\ude80".repeat(50),
          "e\u0301".repeat(300),
          "x".repeat(11_000),
          "\u00fc".repeat(100_000),
          "null",
          "true",
          "NaN",
          "not-a-uuid",
          "00000000-0000-0000-0000-000000000000",
          "01999999-9999-7999-8999-999999999999",
          "2026-02-30T25:61:61Z",
          "+1000000000-12-31T23:59:59Z",
          "-999999999-01-01T00:00:00Z",
          "P1D",
          "'; DROP TABLE task; --",
          "%' OR 1=1 --",
          "(((((",
          "<script>alert(1)</script>",
          "${jndi:ldap://127.0.0.1/a}",
          "../../../../etc/passwd",
          "file:///etc/passwd",
          "http://169.254.169.254/",
          "https://[::ffff:127.0.0.1]/",
          "https://user:word@host.example:99999/",
          "javascript:alert(1)",
          "\r\nX-Injected: 1");

  /// Those that a query or a path can carry once they are encoded.
  private static final int LONGEST_IN_ADDRESS = 1_000;

  private Odd() {}

  static JsonNode value(RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2, 3 -> JSON.numberNode(new BigDecimal(one(NUMBERS, random)));
      case 4 -> JSON.arrayNode().add(one(TEXTS, random)).add(JSON.nullNode());
      case 5 -> JSON.objectNode().put(one(TEXTS, random), 1);
      default -> JSON.textNode(one(TEXTS, random));
    };
  }

  /// For an address.
  static String text(RandomGenerator random) {
    String text = random.nextInt(3) == 0 ? one(NUMBERS, random) : one(TEXTS, random);
    return text.length() <= LONGEST_IN_ADDRESS ? text : text.substring(0, LONGEST_IN_ADDRESS);
  }

  static <T> T one(List<T> of, RandomGenerator random) {
    return of.get(random.nextInt(of.size()));
  }
}
