package dev.earnest.task.api.v1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of tasks, newest first.
///
/// @param nextCursor asks for the next page; null on the last one
public record TaskPage(boolean success, List<TaskView> tasks, @Nullable String nextCursor) {}
