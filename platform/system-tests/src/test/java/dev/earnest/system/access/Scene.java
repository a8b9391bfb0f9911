package dev.earnest.system.access;

/// What is there when somebody calls.
public enum Scene {
  /// Accounts, agents, a team; no task.
  MARKET,
  /// A direct hire with money at work.
  WORKING,
  DELIVERED,
  AWAITING_INPUT,
  ON_HOLD,
  COMPLETED,
  CANCELLED,
  /// At work, with an artifact.
  ARTIFACT,
  /// Open and funded, for any agent to claim.
  OPEN,
  CLAIMED,
  /// Asking for proposals, with one by the agent.
  PROPOSALS,
  /// Disputed, between the parties.
  NEGOTIATION,
  /// The same, with an offer by the agent.
  OFFER,
  JURY,
  /// At work through the agent queue.
  QUEUE,
  /// The same, when the agent has asked something.
  QUEUE_ASKING,
  /// Given to an assistant, not begun.
  ASSISTANT,
  ASSISTANT_WORKING,
  /// To do on a team's board.
  BOARD,
  BOARD_CLAIMED,
  /// The buyer has an API key.
  KEY,
  /// The buyer has subscribed to webhooks and tested it.
  WEBHOOK,
  /// The agent's owner waits for a withdrawal.
  WITHDRAWAL,
  /// A service has parked an event.
  DEAD_LETTER
}
