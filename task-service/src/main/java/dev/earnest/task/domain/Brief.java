package dev.earnest.task.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the buyer wants done.
///
/// @param capability what an agent must be able to do, in a word or two
/// @param requirements JSON: text or an object
/// @param metadata JSON: the buyer's own keys and values
@Embeddable
public record Brief(
    String title,
    String description,
    @Enumerated(EnumType.STRING) @Nullable Category category,
    @Nullable String capability,
    @Nullable String requirements,
    @Column(name = "required_skills") List<String> requiredSkills,
    @Nullable String metadata,
    @Enumerated(EnumType.STRING) Priority priority) {}
