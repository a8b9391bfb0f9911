package dev.earnest.testkit;

import static io.restassured.RestAssured.get;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/// Moves the clock of the service under test instead of waiting. It never goes back within a JVM: other tests' timers
/// have fired already.
public final class TestClock {
  private TestClock() {}

  /// Returns when the service shows the new time.
  public static synchronized void advance(Duration by) {
    var target = offsetMillis() + by.toMillis();
    try {
      var fresh = file().resolveSibling("clock.new");
      Files.writeString(fresh, Long.toString(target));
      Files.move(
          fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await()
        .pollInterval(Duration.ofMillis(25))
        .atMost(Duration.ofSeconds(10))
        .until(() -> get("/q/clock").jsonPath().getLong("offsetMillis") == target);
  }

  public static Duration offset() {
    return Duration.ofMillis(offsetMillis());
  }

  static Path file() {
    return TestStack.home().resolve("clock");
  }

  private static long offsetMillis() {
    try {
      return Files.exists(file()) ? Long.parseLong(Files.readString(file()).strip()) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
