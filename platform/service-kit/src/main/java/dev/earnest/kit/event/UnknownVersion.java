package dev.earnest.kit.event;

/// An event of a version that this service does not know yet. To read it as another version would
/// be a guess, and to leave it out would lose it.
class UnknownVersion extends RuntimeException {
  UnknownVersion(String type) {
    super(type);
  }
}
