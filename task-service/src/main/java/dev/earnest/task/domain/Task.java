package dev.earnest.task.domain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.security.ApiKey;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/// A task. [#handle] is the only way to change it: it asks [Lifecycle] what follows, changes the
/// fields that go with it, and returns what there is to tell.
@Entity
@Table(name = "tasks")
@DynamicUpdate
@SuppressWarnings("NullAway.Init")
public class Task {
  @Id UUID id;
  long version;

  @Enumerated(EnumType.STRING)
  TaskState state;

  @Enumerated(EnumType.STRING)
  @Column(name = "previous_state")
  @Nullable TaskState previousState;

  String buyer;
  @Embedded Brief brief;

  @Enumerated(EnumType.STRING)
  Mode mode;

  @Enumerated(EnumType.STRING)
  Review review;

  @Column(name = "callback_url")
  @Nullable String callbackUrl;

  long budget;
  long price;

  @Column(name = "budget_min")
  @Nullable Long budgetMin;

  @Column(name = "budget_max")
  @Nullable Long budgetMax;

  @Column(name = "proposal_deadline")
  @Nullable Instant proposalDeadline;

  @Column(name = "skill_set")
  UUID skillSet;

  @Column(name = "has_schema")
  boolean hasSchema;

  String currency;
  boolean funded;

  /// Whether what was held for it has been paid out.
  boolean settled;

  @Column(name = "agent_id")
  @Nullable UUID agentId;

  @Column(name = "agent_account")
  @Nullable String agentAccount;

  @Enumerated(EnumType.STRING)
  @Nullable Hiring hiring;

  int attempt;

  @Column(name = "max_attempts")
  int maxAttempts;

  @Nullable Integer progress;

  @Column(name = "progress_message")
  @Nullable String progressMessage;

  @Nullable String stage;
  int deliveries;

  /// Handed over in the present attempt.
  int artifacts;

  int revisions;
  @Nullable Integer rating;

  @Column(name = "review_text")
  @Nullable String reviewText;

  @Nullable String reason;

  @Column(name = "dispute_id")
  @Nullable UUID disputeId;

  @Enumerated(EnumType.STRING)
  @Column(name = "ruling_resolution")
  Ruling.@Nullable Resolution rulingResolution;

  @Column(name = "ruling_percentage")
  @Nullable BigDecimal rulingPercentage;

  /// JSON: how the agent that was matched did.
  @Column(name = "match_score")
  @Nullable String matchScore;

  @Column(name = "retry_of")
  @Nullable UUID retryOf;

  @Embedded Sharing sharing;

  @Embedded @Nullable Labels labels;

  @Embedded TaskClocks clocks;

  @Column(name = "assigned_at")
  @Nullable Instant assignedAt;

  @Column(name = "finished_at")
  @Nullable Instant finishedAt;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  protected Task() {}

  /// A new task, PENDING until its money is held; without a budget there is nothing to wait for.
  ///
  /// @param agent the one to hire directly, null where one is yet to be found
  Task(UUID id, NewTask wanted, @Nullable Hireable agent, Windows windows, Instant now) {
    this.id = id;
    this.version = 1;
    this.state = TaskState.PENDING;
    this.buyer = wanted.buyer();
    this.brief = wanted.brief();
    this.mode = wanted.mode();
    this.review = wanted.review();
    this.callbackUrl = wanted.callbackUrl();
    this.budget = wanted.budget().micros();
    this.price = budget;
    this.currency = wanted.budget().currency();
    this.funded = budget == 0;
    this.agentId = agent == null ? null : agent.id();
    this.agentAccount = agent == null ? null : agent.account();
    this.maxAttempts = wanted.maxAttempts();
    this.skillSet = SkillSet.sought(brief).id();
    this.hasSchema = wanted.work().outputSchema() != null;
    this.retryOf = wanted.retryOf();
    this.sharing = wanted.sharing();
    this.labels = wanted.labels();
    NewTask.@Nullable ProposalTerms terms = wanted.proposals();
    if (terms != null) {
      this.budgetMin = terms.least();
      this.budgetMax = terms.most();
      this.proposalDeadline = terms.deadline();
    }
    this.clocks = new TaskClocks(wanted.timeoutSeconds());
    this.createdAt = now;
    this.updatedAt = now;
    clocks.waitForAgent(this, windows, now);
  }

  /// What it takes to try it again. Whom the buyer named is named again; a time for proposals is as
  /// long as it was.
  NewTask again(NewTask.Work work, @Nullable ApiKey apiKey, Instant now) {
    boolean chosen = hiring == null || hiring == Hiring.DIRECT || hiring == Hiring.REASSIGNED;
    NewTask.@Nullable ProposalTerms terms =
        proposalDeadline == null
            ? null
            : new NewTask.ProposalTerms(
                budgetMin, budgetMax, now.plus(Duration.between(createdAt, proposalDeadline)));
    return new NewTask(
        buyer,
        brief,
        mode,
        review,
        budget(),
        chosen && mode != Mode.PROPOSALS ? agentId : null,
        callbackUrl,
        maxAttempts,
        clocks.timeoutSeconds,
        terms,
        work,
        id,
        sharing,
        labels().withFeedback(null),
        apiKey);
  }

  TaskEvent created(@Nullable JsonNode requirements, @Nullable ApiKey apiKey) {
    return new TaskEvent.Created(
        snapshot(),
        brief.description(),
        brief.category(),
        budget().decimal(),
        currency,
        mode,
        review,
        brief.priority(),
        requirements,
        brief.requiredSkills(),
        apiKey == null ? null : TaskEvent.KeyCaps.of(apiKey, currency));
  }

  /// Carries out a command.
  ///
  /// @return what happened, to be told in this order; nothing for a mere sign of life
  /// @throws dev.earnest.kit.problem.IllegalMove when the state does not allow it
  List<TaskEvent> handle(Command command, Windows windows, Instant now) {
    TaskState next = Lifecycle.next(standing(), command);
    return new TaskChange(this, windows, now).apply(command, next);
  }

  /// @throws dev.earnest.kit.problem.IllegalMove when the state does not allow it
  void assertLegal(Command command) {
    Objects.requireNonNull(Lifecycle.next(standing(), command));
  }

  Standing standing() {
    return new Standing(
        state,
        mode,
        review,
        funded,
        budget == 0,
        state.takesRoom() ? hiring : null,
        agentId != null,
        deliveries > 0,
        artifacts > 0,
        revisions,
        attempt < maxAttempts);
  }

  TaskSnapshot snapshot() {
    return new TaskSnapshot(
        id,
        buyer,
        agentId,
        agentAccount,
        sharing.team == null ? null : sharing.team.toString(),
        sharing.assignees(),
        sharing.followers(),
        brief.title(),
        state,
        previousState,
        attempt,
        callbackUrl,
        version);
  }

  public boolean isParty(String account) {
    return account.equals(buyer) || account.equals(agentAccount);
  }

  /// Whether agents may look at it, since they could claim it or propose for it.
  public boolean isOpenToAgents() {
    return isClaimable() || takesProposals();
  }

  /// Whether any agent that can do it may claim it; one that it is kept for may claim it besides.
  public boolean isClaimable() {
    return funded
        && agentId == null
        && (state == TaskState.MATCHING || (state == TaskState.PENDING && mode == Mode.OPEN));
  }

  /// Whether it waits on a team's board for one of the team's agents.
  boolean isOnBoard() {
    return mode == Mode.BOARD && state == TaskState.PENDING && agentId == null;
  }

  boolean takesProposals() {
    return funded && mode == Mode.PROPOSALS && state == TaskState.PENDING;
  }

  Instant takesProposalsUntil() {
    return Objects.requireNonNull(proposalDeadline);
  }

  /// Whether it was up for claims: others hear that they came too late, not that it never was.
  boolean wasClaimable() {
    boolean forAnybody =
        mode == Mode.OPEN
            || (mode == Mode.DIRECT && (agentId == null || (hiring != null && hiring.isLease())));
    return funded && forAnybody;
  }

  /// What a proposal may cost at most, in micro-units.
  long mostForProposals() {
    return budgetMax == null ? budget : budgetMax;
  }

  @Nullable Ruling ruling() {
    return rulingResolution == null || rulingPercentage == null || disputeId == null
        ? null
        : new Ruling(disputeId, rulingResolution, rulingPercentage);
  }

  public @Nullable String matchScore() {
    return matchScore;
  }

  public @Nullable UUID retryOf() {
    return retryOf;
  }

  public Sharing sharing() {
    return sharing;
  }

  public Labels labels() {
    return labels == null ? Labels.NONE : labels;
  }

  public int maxAttempts() {
    return maxAttempts;
  }

  public @Nullable Instant proposalDeadline() {
    return proposalDeadline;
  }

  public @Nullable Money budgetMin() {
    return budgetMin == null ? null : new Money(budgetMin, currency);
  }

  public @Nullable Money budgetMax() {
    return budgetMax == null ? null : new Money(budgetMax, currency);
  }

  public UUID id() {
    return id;
  }

  public TaskState state() {
    return state;
  }

  public @Nullable TaskState previousState() {
    return previousState;
  }

  public String buyer() {
    return buyer;
  }

  public Brief brief() {
    return brief;
  }

  public Mode mode() {
    return mode;
  }

  public Review review() {
    return review;
  }

  public @Nullable String callbackUrl() {
    return callbackUrl;
  }

  public Money budget() {
    return new Money(budget, currency);
  }

  public Money price() {
    return new Money(price, currency);
  }

  public boolean isFunded() {
    return funded;
  }

  public @Nullable UUID agentId() {
    return agentId;
  }

  public @Nullable String agentAccount() {
    return agentAccount;
  }

  public int attempt() {
    return attempt;
  }

  public @Nullable Integer progress() {
    return progress;
  }

  public @Nullable String progressMessage() {
    return progressMessage;
  }

  public @Nullable String stage() {
    return stage;
  }

  public int revisions() {
    return revisions;
  }

  public @Nullable Integer rating() {
    return rating;
  }

  public @Nullable String reviewText() {
    return reviewText;
  }

  public @Nullable String reason() {
    return reason;
  }

  public @Nullable UUID disputeId() {
    return disputeId;
  }

  public TaskClocks clocks() {
    return clocks;
  }

  public @Nullable Instant assignedAt() {
    return assignedAt;
  }

  public @Nullable Instant finishedAt() {
    return finishedAt;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant updatedAt() {
    return updatedAt;
  }
}
