package dev.earnest.messaging.domain;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// What an open stream is about.
///
/// @param id the task's id, the agent's, or what stands for an account
public record Channel(Kind kind, UUID id) {
  /// What is told.
  public enum Kind {
    /// everything about a task, to its end
    TASK,
    /// what is said about a task
    CONVERSATION,
    /// what an agent or an account is told
    INBOX
  }

  public static Channel task(UUID task) {
    return new Channel(Kind.TASK, task);
  }

  public static Channel conversation(UUID task) {
    return new Channel(Kind.CONVERSATION, task);
  }

  public static Channel agent(UUID agent) {
    return new Channel(Kind.INBOX, agent);
  }

  /// Nobody can choose two names that share a hash, or one that is an agent's id.
  public static Channel account(String account) {
    byte[] hash = Hashes.sha256(("account/" + account).getBytes(StandardCharsets.UTF_8));
    return new Channel(Kind.INBOX, Hashes.firstAsUuid(hash));
  }
}
