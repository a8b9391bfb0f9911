package dev.earnest.task.domain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody, or a clock, wants to happen to a task.
public sealed interface Command {
  /// The budget is in the task's escrow account.
  record Fund() implements Command {}

  /// The budget could not be held.
  record RefuseFunds(String reason) implements Command {}

  /// Look for an agent; nobody was named.
  record Match() implements Command {}

  /// An agent takes the task on, for this price in micro-units.
  record Assign(UUID agent, String agentAccount, Hiring hiring, long priceMicros)
      implements Command {}

  /// The agent gives a claimed task back.
  record ReleaseClaim() implements Command {}

  record RequestInput(String question) implements Command {}

  /// The buyer answers what the agent asked.
  ///
  /// @param messageId the message that it came as, where it did
  /// @param files JSON: a list of what goes with it, null where nothing does
  record GiveInput(String message, String by, @Nullable UUID messageId, @Nullable JsonNode files)
      implements Command {
    public GiveInput(String message, String by, @Nullable UUID messageId) {
      this(message, by, messageId, null);
    }
  }

  /// Somebody has more to say about the work, unasked.
  ///
  /// @param files as of an answer
  record AddInput(String message, String by, @Nullable JsonNode files) implements Command {}

  /// The buyer pauses the work.
  record Hold() implements Command {}

  record Resume() implements Command {}

  /// @param progress percent, 0..100
  record Progress(@Nullable Integer progress, @Nullable String message, @Nullable String stage)
      implements Command {}

  record Heartbeat() implements Command {}

  /// The agent hands over pieces of its work before it delivers.
  record SubmitArtifacts(List<Delivery.Artifact> artifacts) implements Command {}

  record Deliver(Delivery delivery) implements Command {}

  record RequestRevision(@Nullable String note) implements Command {}

  /// @param automatic whether it was the review window's end and not the buyer
  record Approve(@Nullable Integer rating, @Nullable String review, boolean automatic)
      implements Command {}

  record Dispute(UUID dispute, String openedBy) implements Command {}

  /// The parties settled the dispute: the agent delivers again.
  record Redeliver(UUID dispute) implements Command {}

  record Rule(Ruling ruling) implements Command {}

  record Fail(String reason) implements Command {}

  /// The lease or the delivery deadline ran out.
  record TimeOut() implements Command {}

  record Cancel(String reason) implements Command {}

  /// Nobody took the task in time.
  record Expire(String reason) implements Command {}

  record Reassign(UUID agent, String agentAccount) implements Command {}

  /// What is wanted is said in other words. With money held nobody may.
  record Describe(Brief brief, @Nullable UUID projectId, @Nullable String type)
      implements Command {}

  /// An unclaimed task is kept for an agent, or for nobody.
  record Reserve(@Nullable UUID agent, @Nullable String agentAccount) implements Command {}

  /// @param assignees e-mail addresses in lower case, as followers
  record Share(List<String> assignees, List<String> followers) implements Command {}

  record GiveFeedback(Labels.@Nullable Feedback feedback) implements Command {}

  /// Ends a task without money by hand, as team boards do.
  record FinishByHand(TaskState to) implements Command {
    public FinishByHand {
      if (to != TaskState.COMPLETED && to != TaskState.CANCELLED) {
        throw new IllegalArgumentException("a task is finished COMPLETED or CANCELLED, not " + to);
      }
    }
  }
}
