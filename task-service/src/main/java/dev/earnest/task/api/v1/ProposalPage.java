package dev.earnest.task.api.v1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of proposals, oldest first.
///
/// @param nextCursor asks for the next page; null on the last one
public record ProposalPage(
    boolean success, List<ProposalAnswer.ProposalView> proposals, @Nullable String nextCursor) {}
