package dev.earnest.local;

import java.util.Locale;

/// One line of `./earnest status`.
///
/// @param pid 0 when there is no process
/// @param port 0 when there is no process
public record PartStatus(String name, long pid, int port, State state) {

  /// `STARTING` also means alive but not ready to serve; `DEAD` was started and ended without being asked to.
  public enum State {
    RUNNING,
    STARTING,
    STOPPED,
    DEAD
  }

  String word() {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
