package dev.earnest.local;

import dev.earnest.local.process.PrivateFiles;
import dev.earnest.local.process.StackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/// How far the services' clock is ahead, kept in a file (milliseconds) that they follow.
final class ClockOffset {
  private static final Pattern STEP = Pattern.compile("\\+((?:\\d{1,9}[smhd])+)");
  private static final Pattern PIECE = Pattern.compile("(\\d+)([smhd])");
  private static final Duration FARTHEST = Duration.ofDays(36_500);

  private ClockOffset() {}

  /// `+24h`, `+90s`, `+1d12h` add to what is there; `reset` goes back to the real time.
  static Duration after(Duration current, String step) {
    if (step.equals("reset")) {
      return Duration.ZERO;
    }
    var matcher = STEP.matcher(step);
    if (!matcher.matches()) {
      throw new StackException(
          "clock takes +<number>s, m, h or d, such as +24h, or reset; not '" + step + "'");
    }
    var sum = current;
    var pieces = PIECE.matcher(matcher.group(1));
    while (pieces.find()) {
      var number = Long.parseLong(pieces.group(1));
      sum =
          sum.plus(
              switch (pieces.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
              });
    }
    if (sum.compareTo(FARTHEST) > 0) {
      throw new StackException("clock: that is more than a hundred years ahead");
    }
    return sum;
  }

  static Duration read(Path file) {
    return Files.exists(file)
        ? Duration.ofMillis(Long.parseLong(PrivateFiles.read(file).strip()))
        : Duration.ZERO;
  }

  static void write(Path file, Duration offset) {
    PrivateFiles.write(file, Long.toString(offset.toMillis()));
  }
}
