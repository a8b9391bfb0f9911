package dev.earnest.dispute.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.earnest.dispute.domain.CaseFile;
import dev.earnest.dispute.domain.DisputeState;
import dev.earnest.dispute.domain.Disputes;
import dev.earnest.dispute.domain.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A dispute with all that is known of it.
///
/// @param caseFile what it is judged by; null until task-service has frozen the task
/// @param offers oldest first; one that is still OPEN when the negotiation is over can not be accepted
/// @param history every step, oldest first
record DisputeRecordView(
    @JsonUnwrapped DisputeView dispute,
    @Nullable CaseFile caseFile,
    List<EvidenceView> evidence,
    List<OfferView> offers,
    VoteView.Jury jury,
    List<StepView> history) {

  static DisputeRecordView of(Disputes.Record record) {
    return new DisputeRecordView(
        DisputeView.of(record.dispute()),
        record.caseFile().orElse(null),
        record.evidence().stream().map(EvidenceView::of).toList(),
        record.offers().stream().map(OfferView::of).toList(),
        VoteView.Jury.of(record.jury()),
        record.steps().stream().map(StepView::of).toList());
  }

  /// @param by who did it; null for the rules, task-service or a juror
  record StepView(String command, DisputeState status, @Nullable String by, Instant at) {
    static StepView of(Step step) {
      return new StepView(step.command(), step.state(), step.takenBy(), step.takenAt());
    }
  }

  record Answer(boolean success, DisputeRecordView dispute) {
    static Answer of(Disputes.Record record) {
      return new Answer(true, DisputeRecordView.of(record));
    }
  }
}
