package dev.earnest.task.domain;

import dev.earnest.kit.security.Role;
import dev.earnest.kit.security.Scope;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody wants a key for.
///
/// @param scopes null is all that the roles allow
/// @param team the one team that it is good for
/// @param agent the one agent that it acts as
/// @param capPerTask micro-units, as capPerDay
public record NewApiKey(
    String name,
    Set<Role> roles,
    @Nullable Set<Scope> scopes,
    @Nullable UUID team,
    @Nullable UUID agent,
    @Nullable Long capPerTask,
    @Nullable Long capPerDay,
    @Nullable Instant expiresAt) {}
