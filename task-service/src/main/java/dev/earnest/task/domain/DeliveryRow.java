package dev.earnest.task.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery as it is stored: output and artifacts as JSON.
@Entity
@Table(name = "deliveries")
@SuppressWarnings("NullAway.Init")
class DeliveryRow {
  @EmbeddedId Key key;
  int attempt;

  @Column(name = "result_summary")
  @Nullable String resultSummary;

  @Nullable String output;
  String artifacts;

  @Column(name = "delivered_at")
  Instant deliveredAt;

  /// @param round 1 for the first delivery
  @Embeddable
  record Key(@Column(name = "task_id") UUID taskId, int round) implements Serializable {}

  protected DeliveryRow() {}

  DeliveryRow(
      UUID taskId,
      int round,
      int attempt,
      @Nullable String resultSummary,
      @Nullable String output,
      String artifacts,
      Instant deliveredAt) {
    this.key = new Key(taskId, round);
    this.attempt = attempt;
    this.resultSummary = resultSummary;
    this.output = output;
    this.artifacts = artifacts;
    this.deliveredAt = deliveredAt;
  }
}
