package dev.earnest.task.api;

/// The names of the doors, by which the OpenAPI document groups their operations.
public final class Doors {
  public static final String MARKETPLACE = "Marketplace";
  public static final String TEAM_BOARD = "Team board";
  public static final String AGENT_QUEUE = "Agent queue";
  public static final String ASSISTANT_TASKS = "Assistant tasks";

  private Doors() {}
}
