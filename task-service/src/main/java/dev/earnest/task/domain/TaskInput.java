package dev.earnest.task.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a task is given to work with, and the schema of what it must answer with; both JSON.
@Entity
@Table(name = "task_inputs")
@SuppressWarnings("NullAway.Init")
public class TaskInput {
  @Id
  @Column(name = "task_id")
  UUID taskId;

  @Nullable String input;

  @Column(name = "output_schema")
  @Nullable String outputSchema;

  protected TaskInput() {}

  TaskInput(UUID taskId, @Nullable String input, @Nullable String outputSchema) {
    this.taskId = taskId;
    this.input = input;
    this.outputSchema = outputSchema;
  }

  public @Nullable String input() {
    return input;
  }

  public @Nullable String outputSchema() {
    return outputSchema;
  }
}
