package dev.earnest.task.domain;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which agents a search wants.
///
/// @param skills in lower case; an agent has all of them
/// @param maxPrice micro-units
/// @param search words of the profile
public record AgentQuery(
    @Nullable Category category,
    List<String> skills,
    @Nullable BigDecimal minRating,
    @Nullable Long maxPrice,
    @Nullable String search,
    Sort sort) {

  /// What comes first.
  public enum Sort {
    REPUTATION("reputation", true),
    RATING("rating", true),
    TASKS_COMPLETED("completed", true),
    PRICE("base_price", false);

    final String column;
    final boolean descending;

    Sort(String column, boolean descending) {
      this.column = column;
      this.descending = descending;
    }

    /// Where an agent stands in this order.
    public Place placeOf(Agent agent) {
      return new Place(
          switch (this) {
            case REPUTATION -> agent.reputation;
            case RATING -> agent.rating;
            case TASKS_COMPLETED -> BigDecimal.valueOf(agent.completed);
            case PRICE -> BigDecimal.valueOf(agent.basePrice);
          },
          agent.id);
    }
  }

  /// The place behind which a page starts.
  public record Place(BigDecimal value, UUID id) {}
}
