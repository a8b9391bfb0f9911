package dev.earnest.dispute.api;

import dev.earnest.dispute.domain.Category;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// @param reason 1 to 10,000 characters
/// @param category OTHER where there is none
record OpenDispute(@NotBlank @Size(max = 10_000) String reason, @Nullable Category category) {
  Category categoryOrOther() {
    return category == null ? Category.OTHER : category;
  }
}
