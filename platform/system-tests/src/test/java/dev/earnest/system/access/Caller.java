package dev.earnest.system.access;

/// Who calls: the columns of the access table, in its order.
public enum Caller {
  /// Without a token.
  NOBODY,
  /// The task's buyer; on a team board, who made the team.
  BUYER,
  OTHER_BUYER,
  /// The owner of the task's agent; on a team board, the team's agent with its own token.
  AGENT,
  /// The owner of an agent that has nothing to do with the task.
  OTHER_AGENT,
  /// A member of the buyer's team.
  MEMBER,
  /// Who sits on every jury.
  JUROR,
  ADMIN,
  /// With a key of the buyer's that was revoked.
  REVOKED,
  /// With a key of the buyer's that has run out.
  EXPIRED,
  /// With a key, for something else, of one who may.
  WRONG_SCOPE
}
