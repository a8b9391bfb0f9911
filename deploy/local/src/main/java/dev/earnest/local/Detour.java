package dev.earnest.local;

/// Where a part is told that another one listens. A test that cuts and slows connections puts something of its own in
/// between.
@FunctionalInterface
public interface Detour {
  Detour NONE = (_, _, port) -> port;

  /// Asked whenever a part is started, so more than once for the same two.
  ///
  /// @param from who connects: a part such as `task-service-2`; `clients` for all of Kafka's, which are told by Kafka
  /// @param to the part that listens
  /// @param port where it does
  /// @return where `from` shall go
  int port(String from, String to, int port);
}
