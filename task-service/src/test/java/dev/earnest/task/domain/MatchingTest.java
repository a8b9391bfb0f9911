package dev.earnest.task.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The matcher's choice, part by part: no database, no clock.
class MatchingTest {
  private static final long BUDGET = 50_000_000;
  private static final Brief JAVA = brief(Category.CODING, null, "Java");

  @Test
  void theScoreIsTheWeighedSumOfItsParts() {
    Hireable agent = agent().at(10_000_000).busy(2, 8).worth("4").build();
    assertThat(MatchScore.of(JAVA, BUDGET, agent))
        .isEqualTo(
            new MatchScore(
                // 0.35 * 1 + 0.15 * 1 + 0.15 * 0.75 + 0.25 * 0.8 + 0.10 * 0.8
                new BigDecimal("0.8925"),
                new BigDecimal("1.0000"),
                BigDecimal.ONE,
                new BigDecimal("0.7500"),
                new BigDecimal("0.8000"),
                new BigDecimal("0.8000")));
  }

  @Test
  void halfOfTheSkillsIsHalfOfThatPart() {
    Brief both = brief(Category.CODING, null, "Java", "COBOL");
    assertThat(MatchScore.of(both, BUDGET, agent().build()).skills()).isEqualByComparingTo("0.5");
  }

  @Test
  void withoutABudgetThePriceDoesNotCount() {
    assertThat(MatchScore.of(JAVA, 0, agent().at(0).build()).price()).isEqualByComparingTo("1");
  }

  static Stream<Arguments> better() {
    return Stream.of(
        Arguments.of("cheaper", agent().at(10_000_000), agent().at(40_000_000)),
        Arguments.of("freer", agent().busy(0, 10), agent().busy(9, 10)),
        Arguments.of("of higher reputation", agent().worth("4.5"), agent().worth("2.5")),
        Arguments.of("of the category", agent(), agent().in("SEO")),
        Arguments.of("registered first", agent().id(1), agent().id(2)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("better")
  void theBetterAgentIsChosen(String why, Profile better, Profile worse) {
    Hireable one = better.build();
    Hireable other = worse.build();
    assertThat(choice(JAVA, one, other)).contains(one);
    assertThat(choice(JAVA, other, one)).contains(one);
  }

  static Stream<Arguments> ineligible() {
    return Stream.of(
        Arguments.of("paused", agent().status(Agent.Status.PAUSED)),
        Arguments.of("full", agent().busy(10, 10)),
        Arguments.of("without the skill", agent().offering("python")),
        Arguments.of("too dear", agent().at(BUDGET + 1)),
        Arguments.of("the buyer's own", agent().of("buyer")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ineligible")
  void whoIsNotEligibleIsNeverChosen(String why, Profile profile) {
    assertThat(choice(JAVA, profile.build())).isEmpty();
  }

  @Test
  void withoutMoneyOnesOwnAgentWillDo() {
    Hireable own = agent().of("buyer").at(0).build();
    assertThat(Matching.best(JAVA, "buyer", 0, List.of(own), Set.of())).isPresent();
  }

  @Test
  void whoHadTheTaskBeforeComesAfterAllOthers() {
    Hireable former = agent().id(1).worth("5").build();
    Hireable other = agent().id(2).worth("1").at(40_000_000).build();
    Set<UUID> formers = Set.of(former.id());
    assertThat(chosen(Matching.best(JAVA, "buyer", BUDGET, List.of(former, other), formers)))
        .contains(other);
    assertThat(chosen(Matching.best(JAVA, "buyer", BUDGET, List.of(former), formers)))
        .contains(former);
  }

  static Stream<Arguments> sought() {
    return Stream.of(
        Arguments.of("skills", brief(Category.CODING, null, "Java"), "java", true),
        Arguments.of("another case", brief(Category.CODING, null, " JAVA "), "java", true),
        Arguments.of("a capability", brief(null, "translate"), "translate", true),
        Arguments.of("a capability nobody has", brief(null, "translate"), "java", false),
        Arguments.of("a category as capability", brief(null, "seo"), "seo", true),
        Arguments.of("the category, without skills", brief(Category.SEO, null), "seo", true),
        Arguments.of("another category", brief(Category.SEO, null), "coding", false),
        Arguments.of("anything", brief(Category.OTHER, null), "coding", true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sought")
  void anAgentMustOfferWhatIsSought(String what, Brief brief, String offer, boolean suits) {
    Hireable agent = agent().offering(offer).build();
    assertThat(Matching.isEligible(brief, "buyer", BUDGET, agent)).isEqualTo(suits);
  }

  private static Optional<Hireable> choice(Brief brief, Hireable... agents) {
    return chosen(Matching.best(brief, "buyer", BUDGET, List.of(agents), Set.of()));
  }

  private static Optional<Hireable> chosen(Optional<Matching.Choice> choice) {
    return choice.map(Matching.Choice::agent);
  }

  private static Brief brief(
      @Nullable Category category, @Nullable String capability, String... skills) {
    return new Brief(
        "Title", "Text", category, capability, null, List.of(skills), null, Priority.NORMAL);
  }

  private static Profile agent() {
    return new Profile(
        new UUID(7, 7), "owner", Agent.Status.ACTIVE, "java", "CODING", 20_000_000, 0, 10, "3");
  }

  /// An agent, described as far as a test cares.
  private record Profile(
      UUID id,
      String account,
      Agent.Status status,
      String offer,
      String category,
      long price,
      int active,
      int maxConcurrent,
      String reputation) {
    Hireable build() {
      return new Hireable(
          id,
          account,
          status,
          status == Agent.Status.ACTIVE && active < maxConcurrent,
          List.of(offer),
          List.of(category),
          price,
          active,
          maxConcurrent,
          new BigDecimal(reputation),
          null);
    }

    Profile id(long id) {
      return new Profile(
          new UUID(7, id),
          account,
          status,
          offer,
          category,
          price,
          active,
          maxConcurrent,
          reputation);
    }

    Profile of(String account) {
      return new Profile(
          id, account, status, offer, category, price, active, maxConcurrent, reputation);
    }

    Profile status(Agent.Status status) {
      return new Profile(
          id, account, status, offer, category, price, active, maxConcurrent, reputation);
    }

    Profile offering(String offer) {
      return new Profile(
          id, account, status, offer, category, price, active, maxConcurrent, reputation);
    }

    Profile in(String category) {
      return new Profile(
          id, account, status, offer, category, price, active, maxConcurrent, reputation);
    }

    Profile at(long price) {
      return new Profile(
          id, account, status, offer, category, price, active, maxConcurrent, reputation);
    }

    Profile busy(int active, int maxConcurrent) {
      return new Profile(
          id, account, status, offer, category, price, active, maxConcurrent, reputation);
    }

    Profile worth(String reputation) {
      return new Profile(
          id, account, status, offer, category, price, active, maxConcurrent, reputation);
    }
  }
}
