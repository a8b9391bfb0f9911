package dev.earnest.task.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.IllegalMove;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/// Agents propose, the buyer accepts one. Everything happens under the task's lock.
@ApplicationScoped
public class Proposals {
  private static final String ONE_OPEN = "proposals_one_open";

  private final TaskRepository tasks;
  private final ProposalRepository proposals;
  private final Tasks service;
  private final TaskAccess access;
  private final Hires hires;
  private final TaskChanges changes;
  private final Outbox outbox;
  private final Ids ids;
  private final InstantSource clock;

  Proposals(
      TaskRepository tasks,
      ProposalRepository proposals,
      Tasks service,
      TaskAccess access,
      Hires hires,
      TaskChanges changes,
      Outbox outbox,
      Ids ids,
      InstantSource clock) {
    this.tasks = tasks;
    this.proposals = proposals;
    this.service = service;
    this.access = access;
    this.hires = hires;
    this.changes = changes;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  /// An agent of the caller's proposes to do a task.
  ///
  /// @throws Refusal 400 for a price over the budget; 403 for another's agent; 404 for a task that
  ///     takes no proposals from strangers; 409 `proposals_closed`, `already_proposed`,
  ///     `agent_unavailable`, `skills_missing`, `own_agent`
  @Transactional
  public Proposal propose(UUID taskId, Caller caller, @Nullable UUID agentId, NewProposal wanted) {
    service.requireAgent(taskId, caller);
    Hireable agent = hires.own(agentId, caller);
    Task task = tasks.lock(taskId).orElseThrow(() -> Refusal.notFound("task"));
    if (task.mode != Mode.PROPOSALS || !task.funded) {
      access.visible(task, caller);
    }
    if (task.mode != Mode.PROPOSALS) {
      throw Refusal.conflict("not_for_proposals", "The task takes no proposals.");
    }
    assertOpen(task);
    if (task.buyer.equals(caller.account())) {
      throw Refusal.conflict("own_agent", "One's own agent cannot be hired with money.");
    }
    if (wanted.price().micros() > task.mostForProposals()) {
      throw Refusal.invalid("price", "must not be over the task's budget");
    }
    Hires.assertCovers(agent, task.brief);
    Proposal proposal = new Proposal(ids.next(), taskId, agent, wanted, clock.instant());
    persist(proposal);
    outbox.append(
        new TaskEvent.ProposalMade(
            task.snapshot(),
            proposal.id,
            agent.id(),
            agent.account(),
            proposal.price().decimal(),
            proposal.currency,
            proposal.estimatedHours));
    return proposal;
  }

  /// The constraint is the one check: of many at once it lets one in.
  private void persist(Proposal proposal) {
    try {
      proposals.persistAndFlush(proposal);
    } catch (ConstraintViolationException violated) {
      if (ONE_OPEN.equals(violated.getConstraintName())) {
        throw Refusal.conflict("already_proposed", "The agent has an open proposal already.");
      }
      throw violated;
    }
  }

  /// A task's proposals in the order in which they were made: all for its buyer, an agent's owner
  /// sees their own.
  ///
  /// @throws Refusal 404 when the task does not exist for the caller
  @Transactional
  public List<Proposal> list(UUID taskId, Caller caller, @Nullable UUID after, int limit) {
    Task task = tasks.findByIdOptional(taskId).orElseThrow(() -> Refusal.notFound("task"));
    boolean all = seesAll(task, caller);
    List<Proposal> found = proposals.page(taskId, all ? null : caller.account(), after, limit);
    if (found.isEmpty()) {
      access.visible(task, caller);
    }
    return found;
  }

  /// The buyer hires the proposing agent at its price. The other proposals are declined, and what
  /// the price leaves of the budget goes back at once.
  ///
  /// @throws Refusal 403 for anybody but the buyer, 404, 409 `proposals_closed`,
  ///     `proposal_decided`, `agent_unavailable`, `agent_full`
  @Transactional
  public Task accept(UUID taskId, UUID proposalId, Caller caller) {
    Task task = service.lockForBuyer(taskId, caller);
    Proposal proposal = find(task, proposalId);
    assertOpen(task);
    assertUndecided(proposal);
    Agent agent = hires.lockWithRoom(proposal.agentId);
    proposal.become(Proposal.State.ACCEPTED, clock.instant());
    changes.carryOut(
        task, new Command.Assign(agent.id(), agent.account(), Hiring.PROPOSAL, proposal.price));
    return task;
  }

  /// The agent takes its proposal back.
  ///
  /// @throws Refusal 404 for another's, 409 `proposal_decided`
  @Transactional
  public Proposal withdraw(UUID taskId, UUID proposalId, Caller caller) {
    Task task = tasks.lock(taskId).orElseThrow(() -> Refusal.notFound("proposal"));
    Proposal proposal = find(task, proposalId);
    if (!proposal.agentAccount.equals(caller.account())) {
      throw seesAll(task, caller)
          ? Refusal.forbidden("Only who made a proposal can withdraw it.")
          : Refusal.notFound("proposal");
    }
    assertUndecided(proposal);
    proposal.become(Proposal.State.WITHDRAWN, clock.instant());
    outbox.append(
        new TaskEvent.ProposalWithdrawn(
            task.snapshot(), proposal.id, proposal.agentId, proposal.agentAccount));
    return proposal;
  }

  private static boolean seesAll(Task task, Caller caller) {
    return caller.isAdmin() || caller.account().equals(task.buyer);
  }

  private Proposal find(Task task, UUID proposalId) {
    return proposals
        .findByIdOptional(proposalId)
        .filter(one -> one.taskId.equals(task.id))
        .orElseThrow(() -> Refusal.notFound("proposal"));
  }

  private static void assertUndecided(Proposal proposal) {
    if (proposal.state != Proposal.State.OPEN) {
      throw Refusal.conflict("proposal_decided", "The proposal is " + proposal.state + ".");
    }
  }

  private void assertOpen(Task task) {
    Instant now = clock.instant();
    if (!task.takesProposals() || !now.isBefore(task.takesProposalsUntil())) {
      throw new IllegalMove(
          "proposals_closed",
          task.state.name(),
          task.funded
              ? "The task takes no proposals any more: it is %s.".formatted(task.state)
              : "The task takes proposals once its money is held.");
    }
  }
}
