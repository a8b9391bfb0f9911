package dev.earnest.task.api.board;

import dev.earnest.kit.problem.Words;
import dev.earnest.task.domain.TeamMember;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Who is taken into a team.
///
/// @param account the subject of their tokens
/// @param role owner or member (default); only owners say who is a member
public record AddMember(
    @NotBlank @Size(max = 255) @Nullable String account,
    @Schema(enumeration = {"owner", "member"}) @Nullable String role) {
  TeamMember.Role readRole() {
    return Words.parse(TeamMember.Role.class, "role", role, TeamMember.Role.MEMBER);
  }
}
