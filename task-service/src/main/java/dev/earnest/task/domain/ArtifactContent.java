package dev.earnest.task.domain;

/// What an artifact holds.
@SuppressWarnings("ArrayRecordComponent")
public record ArtifactContent(String name, String mediaType, byte[] content) {}
