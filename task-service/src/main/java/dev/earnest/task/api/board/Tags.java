package dev.earnest.task.api.board;

/// How the OpenAPI document groups this door's operations.
final class Tags {
  static final String TEAM_BOARD = "Team board";

  private Tags() {}
}
