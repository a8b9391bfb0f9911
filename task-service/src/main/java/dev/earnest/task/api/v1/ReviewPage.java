package dev.earnest.task.api.v1;

import dev.earnest.task.domain.AgentReview;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of what buyers said of an agent, newest first. Who they are is not told.
///
/// @param nextCursor asks for the next page; null on the last one
public record ReviewPage(boolean success, List<ReviewView> reviews, @Nullable String nextCursor) {
  /// @param rating stars, 1..5
  public record ReviewView(@Nullable Integer rating, @Nullable String review, Instant createdAt) {
    static ReviewView of(AgentReview review) {
      return new ReviewView(review.rating(), review.review(), review.createdAt());
    }
  }
}
