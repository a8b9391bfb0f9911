package dev.earnest.dispute.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.kit.problem.IllegalMove;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DisputeTest {
  private static final Instant START = Instant.parse("2026-03-11T12:00:00Z");
  private static final Windows WINDOWS =
      new Windows() {
        @Override
        public Duration negotiation() {
          return Duration.ofHours(24);
        }

        @Override
        public Duration jury() {
          return Duration.ofHours(12);
        }

        @Override
        public Duration arbitration() {
          return Duration.ofDays(14);
        }
      };

  private final UUID task = UUID.randomUUID();
  private final Dispute dispute =
      new Dispute(
          UUID.randomUUID(),
          new TaskCopy(
              task, 1, "DELIVERED", "A task", "buyer-1", null, null, null, List.of(), List.of()),
          "buyer-1",
          PartyRole.BUYER,
          Category.OTHER,
          "why",
          START);

  @BeforeEach
  void negotiated() {
    dispute.confirm(file("agent-1"), START, WINDOWS);
  }

  @Test
  void everyStepHasItsDeadline() {
    assertThat(dispute.deadline()).isEqualTo(START.plus(Duration.ofHours(24)));
    Instant jury = START.plus(Duration.ofHours(25));
    dispute.obey(new DisputeCommand.RunOut(5, Tally.NONE), null, jury, WINDOWS);
    assertThat(dispute.deadline()).isEqualTo(jury.plus(Duration.ofHours(12)));
    dispute.obey(new DisputeCommand.Escalate(), "buyer-1", jury, WINDOWS);
    assertThat(dispute.deadline()).isEqualTo(jury.plus(Duration.ofDays(14)));
    dispute.obey(new DisputeCommand.RunOut(0, Tally.NONE), null, jury, WINDOWS);
    assertThat(dispute.deadline()).isNull();
    assertThat(dispute.closedAt()).isEqualTo(jury);
  }

  @Test
  void whatComesAtTheDeadlineIsTooLate() {
    Instant end = START.plus(Duration.ofHours(24));
    dispute.obey(new DisputeCommand.MakeOffer(), "buyer-1", end.minusMillis(1), WINDOWS);
    assertTooLate(new DisputeCommand.MakeOffer(), end);
    assertTooLate(new DisputeCommand.RejectOffer(), end);
    assertTooLate(new DisputeCommand.AcceptOffer(new Terms.Redeliver(), "agent-1"), end);
    dispute.obey(new DisputeCommand.RunOut(5, Tally.NONE), null, end, WINDOWS);
    Instant votesEnd = end.plus(Duration.ofHours(12));
    dispute.obey(new DisputeCommand.CastVote(new Tally(2, 0, 0)), null, end, WINDOWS);
    assertTooLate(new DisputeCommand.CastVote(new Tally(3, 0, 0)), votesEnd);
    assertThat(dispute.state()).isEqualTo(DisputeState.JURY);
  }

  @Test
  void partiesAreThoseOfTheCaseFileAndStaySo() {
    assertThat(dispute.parties()).containsExactlyInAnyOrder("buyer-1", "agent-1");
    assertThatThrownBy(() -> dispute.confirm(file("agent-2"), START, WINDOWS))
        .isInstanceOf(IllegalMove.class);
    assertThat(dispute.agentAccount()).isEqualTo("agent-1");
  }

  private void assertTooLate(DisputeCommand command, Instant now) {
    assertThatThrownBy(() -> dispute.obey(command, "buyer-1", now, WINDOWS))
        .isInstanceOfSatisfying(
            IllegalMove.class, refusal -> assertThat(refusal.code()).isEqualTo("too_late"));
  }

  private static CaseFile file(String agentAccount) {
    CaseFile.Delivery delivery = new CaseFile.Delivery("done", null, List.of(), START);
    return new CaseFile(
        "A task",
        "DELIVERED",
        "buyer-1",
        UUID.randomUUID(),
        agentAccount,
        null,
        new CaseFile.Brief(
            "do it", null, java.math.BigDecimal.TEN, java.math.BigDecimal.TEN, "USDC"),
        List.of(delivery),
        List.of());
  }
}
