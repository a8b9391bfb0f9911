package dev.earnest.messaging.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Role;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskHeadTest {
  private static final UUID TASK = UUID.fromString("0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e01");
  private static final long START = StreamIds.start(TASK);

  @ParameterizedTest
  @CsvSource({
    "buyer-1, , BUYER, true",
    "agent-1, , AGENT, true",
    "assignee-1, , BUYER, true",
    "x, Follower@Mail.example, BUYER, true",
    "x, , ADMIN, true",
    "x, , BUYER, false",
    "x, other@mail.example, AGENT, false",
  })
  void partiesSeeItAndNobodyElse(String account, @Nullable String email, Role role, boolean sees) {
    assertThat(head(null).visibleTo(new Caller(account, Set.of(role), email))).isEqualTo(sees);
  }

  @Test
  void taskThatTaskServiceHasNotSpokenOfIsNobodys() {
    TaskHead unknown = new TaskHead(TASK, 0, null, null, 1, START, START, null, false);
    assertThat(unknown.visibleTo(new Caller("root", Set.of(Role.ADMIN), null))).isFalse();
  }

  @Test
  void onlyIdsOfThisStreamArePositions() {
    TaskHead head = head(null);
    assertThat(head.position(Long.toString(START + 1))).hasValue(START + 1);
    assertThat(head.position(Long.toString(START + 3))).hasValue(START + 3);
    assertThat(head.position(Long.toString(START))).isEmpty();
    assertThat(head.position(Long.toString(START + 4))).isEmpty();
    assertThat(head.position("+" + (START + 1))).isEmpty();
    assertThat(head.position(null)).isEmpty();
  }

  @Test
  void idsStayExactInJavaScript() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(StreamIds.start(UUID.randomUUID())).isBetween(0L, (1L << 53) - (1L << 20));
    }
  }

  @Test
  void newestIdOfAFinalTaskIsTheOneBeforeDone() {
    assertThat(head(START + 3).newestId()).isEqualTo(START + 2);
    assertThat(head(START + 3).doneAt(START + 3)).isTrue();
    assertThat(head(START + 3).doneAt(START + 2)).isFalse();
    assertThat(head(null).newestId()).isEqualTo(START + 3);
  }

  private static TaskHead head(@Nullable Long doneId) {
    TaskState state =
        new TaskState(
            TASK,
            "buyer-1",
            null,
            "agent-1",
            null,
            List.of("assignee-1"),
            List.of("follower@mail.example"),
            "title",
            "EXECUTING",
            "PENDING",
            1,
            null,
            3);
    return new TaskHead(TASK, 3, state, Instant.EPOCH, 3, START, START + 3, doneId, false);
  }
}
