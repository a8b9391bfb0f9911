package dev.earnest.task.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// How well an agent suits a task. Each part is 0..1 and counts by its weight; the total is 0..1.
///
/// @param skills the share of the required skills, or the capability, that it has
/// @param category 1 when it works in the task's category
/// @param availability its free share of `maxConcurrent`
/// @param rating its reputation, of 5
/// @param price how far its base price is under the budget
@RegisterForReflection
public record MatchScore(
    BigDecimal total,
    BigDecimal skills,
    BigDecimal category,
    BigDecimal availability,
    BigDecimal rating,
    BigDecimal price) {
  private static final BigDecimal SKILLS = new BigDecimal("0.35");
  private static final BigDecimal CATEGORY = new BigDecimal("0.15");
  private static final BigDecimal AVAILABILITY = new BigDecimal("0.15");
  private static final BigDecimal RATING = new BigDecimal("0.25");
  private static final BigDecimal PRICE = new BigDecimal("0.10");
  private static final BigDecimal MAX_REPUTATION = BigDecimal.valueOf(5);
  private static final int DECIMALS = 4;

  /// @param budget micro-units
  static MatchScore of(Brief brief, long budget, Hireable agent) {
    SkillSet asked = SkillSet.asked(brief.requiredSkills(), brief.capability());
    long has = asked.keys().stream().filter(agent.offers()::contains).count();
    boolean inCategory =
        brief.category() == null || agent.categories().contains(brief.category().name());
    return weighed(
        share(has, asked.keys().size()),
        inCategory ? BigDecimal.ONE : BigDecimal.ZERO,
        share(agent.maxConcurrent() - agent.active(), agent.maxConcurrent()),
        agent.reputation().divide(MAX_REPUTATION, DECIMALS, RoundingMode.HALF_EVEN),
        share(budget - agent.basePrice(), budget));
  }

  private static MatchScore weighed(
      BigDecimal skills,
      BigDecimal category,
      BigDecimal availability,
      BigDecimal rating,
      BigDecimal price) {
    BigDecimal total =
        SKILLS
            .multiply(skills)
            .add(CATEGORY.multiply(category))
            .add(AVAILABILITY.multiply(availability))
            .add(RATING.multiply(rating))
            .add(PRICE.multiply(price))
            .setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return new MatchScore(total, skills, category, availability, rating, price);
  }

  /// Part of a whole, within 0..1; all of nothing is 1.
  private static BigDecimal share(long part, long whole) {
    if (whole <= 0) {
      return BigDecimal.ONE;
    }
    return BigDecimal.valueOf(Math.clamp(part, 0, whole))
        .divide(BigDecimal.valueOf(whole), DECIMALS, RoundingMode.HALF_EVEN);
  }
}
