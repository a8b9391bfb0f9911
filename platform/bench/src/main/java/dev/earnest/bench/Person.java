package dev.earnest.bench;

/// Somebody who lives one lifecycle after another.
interface Person extends AutoCloseable {
  /// One whole lifecycle; what did not end as it should is an exception.
  void live(Stopwatch watch) throws Exception;

  @Override
  default void close() throws Exception {}
}
