package dev.earnest.task.domain;

import org.jspecify.annotations.Nullable;

/// A piece of work that an agent hands over.
///
/// @param type such as `code_block`
/// @param mediaType what its content is served as
@SuppressWarnings("ArrayRecordComponent")
public record NewArtifact(
    String type, String name, @Nullable String description, String mediaType, byte[] content) {}
