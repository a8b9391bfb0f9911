package dev.earnest.messaging.domain;

/// Where an address of webhooks comes from.
public enum WebhookKind {
  /// A task's callback URL.
  CALLBACK,
  /// An agent's own address.
  AGENT,
  /// Made by an account.
  SUBSCRIPTION
}
