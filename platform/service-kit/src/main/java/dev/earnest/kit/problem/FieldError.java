package dev.earnest.kit.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// One field of a request that failed validation, by its name in the request.
@RegisterForReflection
public record FieldError(String field, String detail) {}
