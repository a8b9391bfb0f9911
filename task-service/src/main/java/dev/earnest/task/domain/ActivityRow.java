package dev.earnest.task.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/// An [Activity] as it is kept. Ids are UUIDv7: their order is that of the activities.
@Entity
@Table(name = "activities")
@SuppressWarnings("NullAway.Init")
class ActivityRow {
  @EmbeddedId Key key;
  String type;
  Instant at;

  /// JSON
  String data;

  @Embeddable
  record Key(@Column(name = "task_id") UUID taskId, UUID id) implements Serializable {}

  protected ActivityRow() {}

  ActivityRow(UUID taskId, UUID id, String type, Instant at, String data) {
    this.key = new Key(taskId, id);
    this.type = type;
    this.at = at;
    this.data = data;
  }
}
