package dev.earnest.task.api.board;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// A team to make.
public record CreateTeam(@NotBlank @Size(max = 200) @Nullable String name) {}
