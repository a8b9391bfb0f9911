package dev.earnest.local;

import java.nio.file.Path;

/// The folder of one stack: everything it keeps is in here, so that deleting it undoes the stack.
///
/// @param folder usually `.earnest` in the repository
public record Home(Path folder) {
  public Home {
    folder = folder.toAbsolutePath().normalize();
  }

  public Path run() {
    return folder.resolve("run");
  }

  Path runFile(String part) {
    return run().resolve(part + ".pid");
  }

  Path log(String part) {
    return folder.resolve("logs").resolve(part + ".log");
  }

  Path data(String part) {
    return folder.resolve("data").resolve(part);
  }

  Path keys() {
    return folder.resolve("keys");
  }

  Path secrets() {
    return folder.resolve("secrets.properties");
  }

  Path clock() {
    return folder.resolve("clock");
  }

  Path backends() {
    return run().resolve("backends.properties");
  }
}
