package dev.earnest.task.api.board;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.security.Caller;
import dev.earnest.task.domain.Brief;
import dev.earnest.task.domain.Labels;
import dev.earnest.task.domain.Mode;
import dev.earnest.task.domain.NewTask;
import dev.earnest.task.domain.Review;
import dev.earnest.task.domain.Sharing;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A task to put up on a team's board.
///
/// @param projectId one of the team's
/// @param assignedAgentId one of the team's: only this agent may claim it
/// @param priority low, normal (default) or high
public record CreateBoardTask(
    @NotBlank @Size(max = 200) @Nullable String title,
    @Size(max = 20_000) @Nullable String description,
    @NotBlank @Nullable String projectId,
    @Nullable String assignedAgentId,
    @Schema(enumeration = {"low", "normal", "high"}) @Nullable String priority) {
  private static final int MAX_ATTEMPTS = 3;

  NewTask toNewTask(UUID team, Caller caller) {
    UUID project = Ids.parseField("projectId", Objects.requireNonNull(projectId));
    return new NewTask(
        caller.account(),
        new Brief(
            Objects.requireNonNull(title),
            description == null ? "" : description,
            null,
            null,
            null,
            List.of(),
            null,
            BoardPriority.parse(priority)),
        Mode.BOARD,
        Review.NONE,
        new Money(0, Money.USDC),
        assignedAgentId == null ? null : Ids.parseField("assignedAgentId", assignedAgentId),
        null,
        MAX_ATTEMPTS,
        null,
        null,
        NewTask.Work.NONE,
        null,
        new Sharing(team, project, caller.email(), List.of(), List.of()),
        Labels.NONE,
        caller.apiKey());
  }
}
