package dev.earnest.messaging.domain;

import java.util.Locale;

/// How much a timeline entry matters.
public enum Severity {
  INFO,
  ERROR,
  CRITICAL;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
