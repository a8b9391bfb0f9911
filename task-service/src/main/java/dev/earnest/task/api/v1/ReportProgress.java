package dev.earnest.task.api.v1;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// @param progress percent, 0..100
/// @param stage such as "planning", "implementation", "testing"
/// @param attempt the assignment the agent works on; absent means its present one
public record ReportProgress(
    @Min(0) @Max(100) @Nullable Integer progress,
    @Size(max = 10_000) @Nullable String message,
    @Size(max = 100) @Nullable String stage,
    @Nullable Integer attempt) {}
