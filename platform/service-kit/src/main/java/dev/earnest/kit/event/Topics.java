package dev.earnest.kit.event;

/// The topics of an installation.
public final class Topics {
  public static final String TASK = "task.events";
  public static final String ESCROW = "escrow.events";
  public static final String DISPUTE = "dispute.events";
  public static final String MESSAGE = "message.events";
  public static final String IDENTITY = "identity.events";

  /// What services could not handle, and what became of it when it was tried again.
  public static final String DEAD_LETTERS = "dead.letters";

  /// What services shall try again.
  public static final String REPLAYS = "dead.letter.replays";

  private Topics() {}
}
