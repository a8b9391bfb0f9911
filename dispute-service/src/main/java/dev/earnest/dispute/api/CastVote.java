package dev.earnest.dispute.api;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// @param vote buyer, agent or split
/// @param comment why, for the parties once the jury is done, at most 10,000 characters
record CastVote(@NotNull String vote, @Nullable @Size(max = 10_000) String comment) {}
