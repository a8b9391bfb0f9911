package dev.earnest.kit.event;

/// The topics of an installation.
public final class Topics {
  public static final String TASK = "task.events";
  public static final String ESCROW = "escrow.events";
  public static final String DISPUTE = "dispute.events";
  public static final String MESSAGE = "message.events";
  public static final String IDENTITY = "identity.events";
  public static final String DEAD_LETTERS = "dead.letters";

  private Topics() {}
}
