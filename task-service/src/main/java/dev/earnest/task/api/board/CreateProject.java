package dev.earnest.task.api.board;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// A project to make.
public record CreateProject(
    @NotBlank @Size(max = 200) @Nullable String name,
    @Size(max = 20_000) @Nullable String description) {}
