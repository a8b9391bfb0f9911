package dev.earnest.bench;

import dev.earnest.local.process.StackException;
import java.time.Duration;
import java.util.List;

/// What was asked for.
///
/// @param people who live lifecycles at once; each has one connection a service for the limit, and
///     the server has 200 for everybody
record Options(int people, Duration warmUp, Duration measured) {
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final int MOST_PEOPLE = 20;
  private static final int MOST_SECONDS = 3600;

  /// @param words such as `--people 8 --seconds=20`
  static Options of(List<String> words) {
    int people = 8;
    int seconds = 20;
    List<String> split = words.stream().flatMap(w -> List.of(w.split("=", 2)).stream()).toList();
    for (int i = 0; i < split.size(); i += 2) {
      String value = i + 1 < split.size() ? split.get(i + 1) : "";
      switch (split.get(i)) {
        case "--people" -> people = number("--people", value, MOST_PEOPLE);
        case "--seconds" -> seconds = number("--seconds", value, MOST_SECONDS);
        case String other -> throw new StackException("what is '" + other + "'? " + usage());
      }
    }
    return new Options(people, WARM_UP, Duration.ofSeconds(seconds));
  }

  private static int number(String name, String value, int most) {
    if (value.matches("\\d{1,5}") && Integer.parseInt(value) >= 1) {
      int number = Integer.parseInt(value);
      if (number <= most) {
        return number;
      }
    }
    throw new StackException(
        "%s needs a number from 1 to %d, not '%s'".formatted(name, most, value));
  }

  private static String usage() {
    return "Usage: ./earnest bench [claims, streams or webhooks] [--people N] [--seconds S],"
        + " or ./earnest bench holds [--holds N]";
  }
}
