package dev.earnest.dispute.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.earnest.dispute.domain.Juror;
import dev.earnest.dispute.domain.JuryDuty;
import dev.earnest.dispute.domain.JuryRecord;
import dev.earnest.kit.problem.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param juror the account, for admins only
/// @param vote buyer, agent or split
record VoteView(
    @Nullable String juror,
    @Nullable String vote,
    @Nullable String comment,
    @Nullable Instant createdAt) {

  private static VoteView of(Juror juror, boolean named) {
    return new VoteView(
        named ? juror.account() : null, word(juror), juror.comment(), juror.votedAt());
  }

  private static @Nullable String word(Juror juror) {
    return juror.vote() == null ? null : Words.lower(juror.vote());
  }

  record Answer(boolean success, VoteView vote, DisputeView dispute) {
    static Answer of(JuryDuty.Seat seat) {
      return new Answer(true, VoteView.of(seat.juror(), true), DisputeView.of(seat.dispute()));
    }
  }

  /// @param seats how many jurors there are; 0 where no jury was called
  /// @param yourVote the reader's own, where there is one
  /// @param votes all of them, once no more can be cast
  record Jury(int seats, @Nullable String yourVote, List<VoteView> votes) {
    static Jury of(JuryRecord jury) {
      return new Jury(
          jury.seats(),
          jury.own().map(VoteView::word).orElse(null),
          jury.votes().stream().map(juror -> VoteView.of(juror, jury.namesShown())).toList());
    }
  }

  /// A dispute that waits for the reader's vote, or has it.
  record Duty(@JsonUnwrapped DisputeView dispute, @Nullable String yourVote) {
    static Duty of(JuryDuty.Seat seat) {
      return new Duty(DisputeView.of(seat.dispute()), word(seat.juror()));
    }
  }

  record DutyPage(boolean success, List<Duty> disputes, @Nullable String nextCursor) {}
}
