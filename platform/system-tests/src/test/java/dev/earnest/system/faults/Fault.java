package dev.earnest.system.faults;

/// Something that goes wrong.
///
/// @param target the part or the link it happens to
/// @param amount how much of it, in the kind's unit
record Fault(Kind kind, String target, long amount) {
  enum Kind {
    /// SIGKILL; started again after so long
    KILL("ms"),
    /// SIGSTOP; SIGCONT after so long
    PAUSE("ms"),
    /// one replica after the other is asked to stop and started again, until there are so many
    ROLL("replicas"),
    /// the services' clock goes ahead
    CLOCK("s"),
    /// a link has no connections for so long
    CUT("ms"),
    /// what goes over a link arrives so much later, for two seconds
    DELAY("ms"),
    /// all connections of a link end at once, and may be made again
    DROP("times"),
    /// the newest events of a topic are published again, in another order
    REPEAT("events");

    private final String unit;

    Kind(String unit) {
      this.unit = unit;
    }
  }

  @Override
  public String toString() {
    return "%s %s %d %s".formatted(kind, target, amount, kind.unit);
  }
}
