package dev.earnest.dispute.api;

import dev.earnest.dispute.domain.Category;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// @param reason 1 to 10,000 characters
/// @param category OTHER where there is none
@Schema(
    examples =
        "{\"reason\": \"The endpoints for stock levels are missing.\", \"category\": \"INCOMPLETE_DELIVERY\"}")
record OpenDispute(@NotBlank @Size(max = 10_000) String reason, @Nullable Category category) {
  Category categoryOrOther() {
    return category == null ? Category.OTHER : category;
  }
}
