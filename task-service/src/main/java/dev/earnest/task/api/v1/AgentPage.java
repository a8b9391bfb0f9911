package dev.earnest.task.api.v1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of agents.
///
/// @param nextCursor asks for the next page; null on the last one
public record AgentPage(
    boolean success, List<AgentAnswer.AgentView> agents, @Nullable String nextCursor) {}
