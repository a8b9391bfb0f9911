package dev.earnest.task.domain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a legal command does to a task besides its state, and what there is to tell of it.
final class TaskChange {
  private final Task task;
  private final Windows windows;
  private final Instant now;

  TaskChange(Task task, Windows windows, Instant now) {
    this.task = task;
    this.windows = windows;
    this.now = now;
  }

  List<TaskEvent> apply(Command command, TaskState next) {
    if (command instanceof Command.Heartbeat) {
      task.clocks.renewLease(windows, now);
      return List.of();
    }
    @Nullable UUID formerAgent = task.agentId;
    boolean moves = next != task.state;
    if (moves) {
      task.previousState = task.state;
    }
    task.state = next;
    task.version++;
    task.updatedAt = now;
    if (moves && next.isFinal()) {
      task.finishedAt = now;
      task.clocks.stop();
    }
    return effect(command, formerAgent);
  }

  private List<TaskEvent> effect(Command command, @Nullable UUID formerAgent) {
    return switch (command) {
      case Command.Fund _ -> {
        task.funded = true;
        yield List.of();
      }
      case Command.RefuseFunds refused -> ended(refused.reason(), null);
      case Command.Match _ -> {
        task.clocks.waitForAgent(task, windows, now);
        yield List.of(new TaskEvent.Matching(task.snapshot(), matchUntil()));
      }
      case Command.Assign a -> assign(a.agent(), a.agentAccount(), a.hiring(), a.priceMicros());
      case Command.SubmitArtifacts submitted -> {
        task.artifacts += submitted.artifacts().size();
        task.clocks.renewLease(windows, now);
        yield List.of(new TaskEvent.ArtifactsAdded(task.snapshot(), submitted.artifacts()));
      }
      case Command.ReleaseClaim _ -> offerAgain("released", formerAgent);
      case Command.RequestInput input -> {
        task.clocks.pause(windows, now);
        yield List.of(new TaskEvent.InputRequested(task.snapshot(), input.question()));
      }
      case Command.GiveInput input -> {
        task.clocks.resume(windows, now);
        yield List.of(
            new TaskEvent.InputGiven(
                task.snapshot(), input.message(), input.by(), input.messageId(), input.files()));
      }
      case Command.AddInput input ->
          List.of(
              new TaskEvent.InputGiven(
                  task.snapshot(), input.message(), input.by(), null, input.files()));
      case Command.Hold _ -> {
        task.clocks.pause(windows, now);
        yield List.of(new TaskEvent.PutOnHold(task.snapshot()));
      }
      case Command.Resume _ -> {
        task.clocks.resume(windows, now);
        yield List.of(new TaskEvent.Resumed(task.snapshot(), task.clocks.deadline));
      }
      case Command.Progress progress -> progress(progress);
      case Command.Heartbeat _ -> List.of();
      case Command.Deliver deliver -> deliver(deliver.delivery());
      case Command.RequestRevision revision -> {
        task.revisions++;
        startWork();
        yield List.of(
            new TaskEvent.RevisionRequested(
                task.snapshot(), revision.note(), task.revisions, task.clocks.deadline));
      }
      case Command.Approve approve -> {
        task.rating = approve.rating();
        task.reviewText = approve.review();
        yield List.of(completed(null, null, approve.automatic()));
      }
      case Command.Dispute dispute -> {
        task.disputeId = dispute.dispute();
        task.clocks.stop();
        yield List.of();
      }
      case Command.Redeliver redeliver -> {
        startWork();
        yield List.of(
            new TaskEvent.RedeliveryStarted(
                task.snapshot(), redeliver.dispute(), task.clocks.deadline));
      }
      case Command.Rule rule -> {
        task.rulingResolution = rule.ruling().resolution();
        task.rulingPercentage = rule.ruling().refundPercentage();
        yield ended("ruling", rule.ruling());
      }
      case Command.Fail fail -> ended(fail.reason(), null);
      case Command.TimeOut _ -> timedOut(formerAgent);
      case Command.Cancel cancel -> ended(cancel.reason(), null);
      case Command.Expire expire -> ended(expire.reason(), null);
      case Command.Reassign r -> reassign(r, formerAgent);
      case Command.Describe described -> {
        if (described.brief().priority() != task.brief.priority()) {
          task.labels = task.labels().withoutQueuePriority();
        }
        task.brief = described.brief();
        task.skillSet = SkillSet.sought(task.brief).id();
        task.sharing.projectId = described.projectId();
        task.labels = task.labels().withType(described.type());
        yield updated();
      }
      case Command.Reserve reserve -> {
        task.agentId = reserve.agent();
        task.agentAccount = reserve.agentAccount();
        yield updated();
      }
      case Command.Share share -> {
        task.sharing.assignees = share.assignees();
        task.sharing.followers = share.followers();
        yield updated();
      }
      case Command.GiveFeedback given -> {
        task.labels = task.labels().withFeedback(given.feedback());
        yield updated();
      }
      case Command.FinishByHand _ -> ended("by_hand", null);
    };
  }

  private List<TaskEvent> assign(UUID agent, String account, Hiring hiring, long priceMicros) {
    occupy(agent, account, hiring, priceMicros);
    return List.of(assigned(null));
  }

  private List<TaskEvent> reassign(Command.Reassign to, @Nullable UUID formerAgent) {
    occupy(to.agent(), to.agentAccount(), Hiring.REASSIGNED, task.price);
    return List.of(assigned(formerAgent));
  }

  private void occupy(UUID agent, String account, Hiring hiring, long priceMicros) {
    task.agentId = agent;
    task.agentAccount = account;
    task.hiring = hiring;
    task.price = priceMicros;
    task.attempt++;
    task.assignedAt = now;
    task.artifacts = 0;
    task.matchScore = hiring == Hiring.MATCHED ? task.matchScore : null;
    task.progress = null;
    task.progressMessage = null;
    task.stage = null;
    startWork();
  }

  private void startWork() {
    task.clocks.startWork(
        task.mode, task.hiring == null ? Hiring.DIRECT : task.hiring, windows, now);
  }

  private TaskEvent assigned(@Nullable UUID formerAgent) {
    return new TaskEvent.Assigned(
        task.snapshot(),
        task.hiring == null ? Hiring.DIRECT : task.hiring,
        task.price().decimal(),
        task.currency,
        task.clocks.leaseUntil,
        task.clocks.deadline,
        formerAgent);
  }

  private List<TaskEvent> progress(Command.Progress progress) {
    task.progress = progress.progress() == null ? task.progress : progress.progress();
    task.progressMessage = progress.message();
    task.stage = progress.stage() == null ? task.stage : progress.stage();
    task.clocks.renewLease(windows, now);
    return List.of(
        new TaskEvent.Progressed(
            task.snapshot(), progress.progress(), progress.message(), progress.stage()));
  }

  private List<TaskEvent> deliver(Delivery delivery) {
    task.deliveries++;
    if (task.state.isFinal()) {
      return List.of(completed(null, delivery, false));
    }
    task.clocks.startReview(windows, now);
    return List.of(
        new TaskEvent.Delivered(task.snapshot(), delivery, reviewUntil(), task.revisions));
  }

  private List<TaskEvent> timedOut(@Nullable UUID formerAgent) {
    if (task.state == TaskState.DELIVERED) {
      task.clocks.startReview(windows, now);
      return List.of(new TaskEvent.ReviewResumed(task.snapshot(), reviewUntil()));
    }
    return task.state.isFinal() ? ended("timeout", null) : offerAgain("timeout", formerAgent);
  }

  private List<TaskEvent> offerAgain(String reason, @Nullable UUID formerAgent) {
    task.agentId = null;
    task.agentAccount = null;
    task.hiring = null;
    task.price = task.budget;
    task.artifacts = 0;
    task.clocks.waitForAgent(task, windows, now);
    return formerAgent == null
        ? List.of()
        : List.of(new TaskEvent.Released(task.snapshot(), reason, formerAgent));
  }

  private List<TaskEvent> ended(String reason, @Nullable Ruling ruling) {
    task.reason = reason;
    return List.of(
        task.state == TaskState.COMPLETED
            ? completed(ruling, null, false)
            : new TaskEvent.Ended(
                task.snapshot(),
                reason,
                task.agentAccount,
                task.price().decimal(),
                task.currency,
                ruling));
  }

  private TaskEvent completed(
      @Nullable Ruling ruling, @Nullable Delivery delivery, boolean automatic) {
    return new TaskEvent.Completed(
        task.snapshot(),
        task.reason,
        task.agentAccount,
        task.price().decimal(),
        task.currency,
        ruling,
        delivery,
        task.rating,
        automatic);
  }

  private List<TaskEvent> updated() {
    return List.of(
        new TaskEvent.Updated(
            task.snapshot(),
            task.brief.description(),
            task.brief.priority(),
            task.sharing.projectId,
            task.labels().feedback()));
  }

  private Instant reviewUntil() {
    return Objects.requireNonNull(task.clocks.reviewUntil);
  }

  private Instant matchUntil() {
    return Objects.requireNonNull(task.clocks.expiresAt);
  }
}
