package dev.earnest.task.api.assistant;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.security.Caller;
import dev.earnest.task.domain.Brief;
import dev.earnest.task.domain.Labels;
import dev.earnest.task.domain.Mode;
import dev.earnest.task.domain.NewTask;
import dev.earnest.task.domain.Priority;
import dev.earnest.task.domain.Review;
import dev.earnest.task.domain.Sharing;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of a task's creation.
///
/// @param title at most 200 characters
/// @param assistant the id of the agent that works on it
/// @param description at most 20,000 characters
/// @param type any word to sort tasks by, at most 100 characters
/// @param skills what the agent may use, at most 50
/// @param assignedUsers e-mail addresses, at most 100, as followers
@Schema(name = "NewAssistantTask")
public record NewAssistantTask(
    @NotBlank @Size(max = 200) @Nullable String title,
    @NotNull @Nullable String assistant,
    @Size(max = 20_000) @Nullable String description,
    @Size(min = 1, max = 100) @Nullable String type,
    @Size(max = 50) @Nullable List<@NotBlank @Size(max = 100) String> skills,
    @Size(max = Emails.MOST)
        @Nullable
            List<
                @NotNull @Size(max = Emails.MAX_LENGTH)
                @Pattern(regexp = Emails.PATTERN, message = Emails.MESSAGE) String>
            assignedUsers,
    @Size(max = Emails.MOST)
        @Nullable
            List<
                @NotNull @Size(max = Emails.MAX_LENGTH)
                @Pattern(regexp = Emails.PATTERN, message = Emails.MESSAGE) String>
            followers) {
  private static final int MAX_ATTEMPTS = 3;

  NewTask toNewTask(Caller caller) {
    return new NewTask(
        caller.account(),
        new Brief(
            Objects.requireNonNull(title),
            description == null ? "" : description,
            null,
            null,
            null,
            skills == null ? List.of() : skills,
            null,
            Priority.NORMAL),
        Mode.MANUAL,
        Review.NONE,
        Money.zero(Money.USDC),
        Ids.parseField("assistant", Objects.requireNonNull(assistant)),
        null,
        MAX_ATTEMPTS,
        null,
        null,
        NewTask.Work.NONE,
        null,
        new Sharing(null, null, caller.email(), Emails.read(assignedUsers), Emails.read(followers)),
        new Labels(type, null, null),
        caller.apiKey());
  }
}
