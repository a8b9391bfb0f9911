package dev.earnest.dispute.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `earnest.dispute.evidence_submitted.v1`: a party showed why it is right.
@RegisterForReflection
public record EvidenceSubmitted(
    UUID disputeId,
    UUID taskId,
    UUID evidenceId,
    String by,
    PartyRole role,
    String description,
    @Nullable String attachmentUrl,
    @Nullable String evidenceType)
    implements DisputeEvent {
  @Override
  public String type() {
    return "earnest.dispute.evidence_submitted.v1";
  }
}
