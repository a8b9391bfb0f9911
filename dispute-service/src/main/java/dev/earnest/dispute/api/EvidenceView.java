package dev.earnest.dispute.api;

import dev.earnest.dispute.domain.Evidence;
import dev.earnest.dispute.domain.PartyRole;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record EvidenceView(
    UUID id,
    String submittedBy,
    PartyRole role,
    String description,
    @Nullable String attachmentUrl,
    @Nullable String type,
    Instant createdAt) {

  static EvidenceView of(Evidence evidence) {
    return new EvidenceView(
        evidence.id(),
        evidence.submittedBy(),
        evidence.role(),
        evidence.description(),
        evidence.attachmentUrl(),
        evidence.type(),
        evidence.submittedAt());
  }

  record Answer(boolean success, EvidenceView evidence) {}
}
