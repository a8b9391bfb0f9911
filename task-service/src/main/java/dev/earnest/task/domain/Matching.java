package dev.earnest.task.domain;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Chooses the agent for a task that named none. A pure function: the same task and the same agents
/// give the same choice, and the score says why.
final class Matching {
  /// An agent and how well it suits.
  record Choice(Hireable agent, MatchScore score) {}

  private Matching() {}

  /// The best of the eligible agents. One that had the task before comes after all others; of two
  /// that suit alike, the first one registered.
  ///
  /// @param budget micro-units
  /// @param former agents that had the task before
  static Optional<Choice> best(
      Brief brief, String buyer, long budget, Collection<Hireable> agents, Set<UUID> former) {
    return agents.stream()
        .filter(agent -> isEligible(brief, buyer, budget, agent))
        .map(agent -> new Choice(agent, MatchScore.of(brief, budget, agent)))
        .min(
            Comparator.comparing((Choice choice) -> former.contains(choice.agent().id()))
                .thenComparing(choice -> choice.score().total(), Comparator.reverseOrder())
                .thenComparing(choice -> choice.agent().id()));
  }

  /// Whether an agent may be given a task unasked: it has room, covers what is sought, asks for no
  /// more than the budget, and is not the buyer's own where money is paid.
  static boolean isEligible(Brief brief, String buyer, long budget, Hireable agent) {
    return agent.available()
        && new SkillSet(agent.offers()).covers(SkillSet.sought(brief))
        && agent.basePrice() <= budget
        && (budget == 0 || !agent.account().equals(buyer));
  }
}
