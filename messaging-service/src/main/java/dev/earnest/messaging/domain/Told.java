package dev.earnest.messaging.domain;

/// Something that was heard, and what it made of its task.
record Told(Heard heard, TaskHead before, TaskHead after) {}
