package dev.earnest.dispute.domain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/// `earnest.dispute.juror_called.v1`: the notice to a juror. It does not name the task: who judges is
/// no part of the task's story, and a juror sees the case through the dispute alone.
///
/// @param deadline until when there is to be a vote
@RegisterForReflection
public record JurorCalled(UUID disputeId, @JsonIgnore UUID taskId, String juror, Instant deadline)
    implements DisputeEvent {
  @Override
  public String type() {
    return "earnest.dispute.juror_called.v1";
  }
}
