package dev.earnest.dispute.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param nextCursor where the next page starts; null on the last one
record DisputePage(boolean success, List<DisputeView> disputes, @Nullable String nextCursor) {}
