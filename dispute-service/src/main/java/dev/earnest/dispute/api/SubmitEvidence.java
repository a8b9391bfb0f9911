package dev.earnest.dispute.api;

import dev.earnest.dispute.domain.Evidence;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// @param description 1 to 10,000 characters
/// @param attachmentUrl http or https, at most 2,048 characters
/// @param type what it is, in the party's own word: IMAGE, say
record SubmitEvidence(
    @NotBlank @Size(max = 10_000) String description,
    @Nullable @Size(max = 2_048) String attachmentUrl,
    @Nullable @Size(max = 40) String type) {
  Evidence.Claim claim() {
    return new Evidence.Claim(description, attachmentUrl, type);
  }
}
