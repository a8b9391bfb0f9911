package dev.earnest.task.domain;

public enum Priority {
  LOW,
  NORMAL,
  HIGH,
  URGENT
}
