package dev.earnest.task.domain;

import org.jspecify.annotations.Nullable;

/// Which of an account's tasks a list shows.
public record TaskQuery(String account, View view, @Nullable TaskState state) {
  public enum View {
    /// All that the account is party to.
    PARTY,
    BUYER,
    AGENT
  }
}
