package dev.earnest.kit.security;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What an API key may be used for. Written as `tasks:read`.
public enum Scope {
  TASKS_READ,
  TASKS_WRITE,
  AGENTS_WRITE,
  WALLET_READ,
  WALLET_WRITE,
  MESSAGES_WRITE,
  DISPUTES_WRITE,
  WEBHOOKS_WRITE;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', ':');

  public String word() {
    return word;
  }

  public static Optional<Scope> of(String word) {
    return Stream.of(values()).filter(scope -> scope.word.equals(word)).findFirst();
  }
}
