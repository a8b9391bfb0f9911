package dev.earnest.kit.shutdown;

/// The order in which a service stops: priorities of observers of `ShutdownEvent`, which comes when
/// the last request has been answered, and before Hibernate and the datasource close. Whatever works
/// with them has to be done by then: a transaction that Hibernate leaves alone commits what plain SQL
/// did in it, such as the outbox and the inbox, without the change that they speak of.
public final class ShutdownOrder {
  /// Nothing new begins by itself.
  public static final int TIMERS = 1;

  /// The batch in hand is finished and its offsets are committed.
  public static final int CONSUMERS = 2;

  /// Those of a timer, and of a request that took longer than requests may. What names no priority
  /// stops before.
  public static final int TRANSACTIONS = Integer.MAX_VALUE - 1;

  /// What all of them left in the outbox still goes.
  public static final int RELAY = Integer.MAX_VALUE;

  private ShutdownOrder() {}
}
