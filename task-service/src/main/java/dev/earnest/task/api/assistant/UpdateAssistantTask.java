package dev.earnest.task.api.assistant;

import dev.earnest.task.domain.Brief;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskEdit;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What of a task can be changed; what is absent stays, null takes away what a task can do without.
/// The task as it was read, with changes to these, will do as well.
///
/// @param title at most 200 characters
/// @param description at most 20,000 characters
/// @param type at most 100 characters
/// @param status moves the task: in_progress starts or resumes it, on_hold pauses it, completed and
///     failed end it
/// @param skills at most 50
/// @param followers e-mail addresses, at most 100
@RegisterForReflection
@Schema(name = "UpdateAssistantTask")
public record UpdateAssistantTask(
    @NotBlank(groups = Whole.class) @Size(max = 200) @Nullable String title,
    @Size(max = 20_000) @Nullable String description,
    @Size(min = 1, max = 100) @Nullable String type,
    @NotNull(groups = Whole.class) @Nullable String status,
    @Size(max = 50) @Nullable List<@NotBlank @Size(max = 100) String> skills,
    @Size(max = Emails.MOST)
        @Nullable
            List<
                @NotNull @Size(max = Emails.MAX_LENGTH)
                @Pattern(regexp = Emails.PATTERN, message = Emails.MESSAGE) String>
            followers) {
  /// What must be there once the body and the task are one.
  interface Whole {}

  TaskEdit toEdit(Task task) {
    AssistantStatus wanted = AssistantStatus.parse(Objects.requireNonNull(status));
    Brief was = task.brief();
    Brief brief =
        new Brief(
            Objects.requireNonNull(title),
            description == null ? "" : description,
            was.category(),
            was.capability(),
            was.requirements(),
            skills == null ? List.of() : skills,
            was.metadata(),
            was.priority());
    return new TaskEdit(
        brief,
        task.sharing().projectId(),
        type,
        task.agentId(),
        Emails.read(followers),
        wanted == AssistantStatus.of(task.state()) ? null : wanted.column());
  }
}
