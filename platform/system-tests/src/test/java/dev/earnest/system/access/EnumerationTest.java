package dev.earnest.system.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.local.client.Marketplace.Answer;
import dev.earnest.local.client.Marketplace.Person;
import dev.earnest.system.access.AccessTable.Row;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who asks for what is not theirs learns as much as who asks for what does not exist: nothing, neither
/// from the answer nor from how long it takes.
class EnumerationTest {
  private static final Scenes SCENES = new Scenes();
  private static final int ROUNDS = 9;

  /// Of the longer median to the shorter one; what the machine does meanwhile comes on top.
  private static final int SAME_CLASS = 3;

  private static final long NOISE_NANOS = 15_000_000;

  /// What a path is about, the most telling first.
  private static final List<String> SUBJECTS =
      List.of(
          "{task}",
          "{dispute}",
          "{webhook}",
          "{delivery}",
          "{key}",
          "{team}",
          "{project}",
          "{teamAgent}",
          "{agent}");

  static Stream<Row> rows() {
    return AccessTable.rows().stream()
        .filter(row -> Integer.valueOf(404).equals(row.expected().get(Caller.OTHER_BUYER)));
  }

  @AfterAll
  static void close() {
    SCENES.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void notYoursIsLikeNotThere(Row row) {
    SCENES.get(row.scene());
    long[] notYours = new long[ROUNDS];
    long[] notThere = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      JsonNode mine = problem(row, Map.of());
      long middle = System.nanoTime();
      JsonNode nobodys = problem(row, Map.of(subject(row), unknown()));
      notThere[round] = System.nanoTime() - middle;
      notYours[round] = middle - start;
      assertThat(mine).isEqualTo(nobodys);
    }
    long shorter = Math.min(median(notYours), median(notThere));
    long longer = Math.max(median(notYours), median(notThere));
    assertThat(longer).isLessThanOrEqualTo(SAME_CLASS * shorter + NOISE_NANOS);
  }

  private static JsonNode problem(Row row, Map<String, String> instead) {
    Scenes.Stage stage = SCENES.get(row.scene());
    Map<String, String> names = new HashMap<>(stage.names());
    instead.forEach((subject, id) -> names.put(subject.substring(1, subject.length() - 1), id));
    Scenes.Stage changed = new Scenes.Stage(names, stage.tokens());
    String token = stage.tokens().getOrDefault(Caller.OTHER_BUYER, "");
    Answer answer =
        SCENES.people.byToken.send(
            new Person(token),
            row.method(),
            changed.fill(row.path()),
            row.body().isEmpty() ? null : stage.fill(row.body()));
    assertThat(answer.status()).as("%s", answer).isEqualTo(404);
    // the path that was asked for, which the asker knows
    ((ObjectNode) answer.body()).remove("instance");
    return answer.body();
  }

  private static String subject(Row row) {
    return SUBJECTS.stream().filter(row.path()::contains).findFirst().orElseThrow();
  }

  /// A UUIDv7 of long ago.
  private static String unknown() {
    UUID random = UUID.randomUUID();
    long longAgo = 0x0190_0000_0000L << 16;
    return new UUID(
            longAgo | 0x7000 | (random.getMostSignificantBits() & 0xfff),
            random.getLeastSignificantBits())
        .toString();
  }

  private static long median(long[] nanos) {
    return Arrays.stream(nanos).sorted().toArray()[nanos.length / 2];
  }
}
