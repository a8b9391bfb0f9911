package dev.earnest.dispute.domain;

import java.util.List;
import java.util.Optional;

/// What a reader may know of a jury: its own vote always, those of others once no more can be cast,
/// and who the jurors are only as an admin.
///
/// @param seats how many were drawn; 0 where no jury was called
/// @param sealed whether votes are still being cast
public record JuryRecord(
    int seats, boolean sealed, Optional<Juror> own, List<Juror> votes, boolean namesShown) {

  static JuryRecord of(Dispute dispute, List<Juror> jurors, String reader, boolean admin) {
    boolean sealed = dispute.state() == DisputeState.JURY;
    return new JuryRecord(
        jurors.size(),
        sealed,
        jurors.stream().filter(juror -> juror.account().equals(reader)).findFirst(),
        sealed ? List.of() : jurors.stream().filter(juror -> juror.vote() != null).toList(),
        admin);
  }

  /// How many have voted already would tell the last ones how the others did.
  boolean mayShow(Step step) {
    return !sealed || !step.command().equals(Step.CAST_VOTE);
  }
}
