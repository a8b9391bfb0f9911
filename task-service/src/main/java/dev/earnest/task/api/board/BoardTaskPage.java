package dev.earnest.task.api.board;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of a team's tasks, newest first.
///
/// @param nextCursor asks for the next page; null on the last one
public record BoardTaskPage(List<BoardTask> tasks, @Nullable String nextCursor) {}
