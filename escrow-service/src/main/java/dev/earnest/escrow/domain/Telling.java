package dev.earnest.escrow.domain;

/// What a batch has to tell, kept until all of it is decided.
interface Telling {
  /// Written down within the trace of what it comes from.
  void draft(EscrowEvent event);

  /// Puts everything into the outbox.
  void append();
}
