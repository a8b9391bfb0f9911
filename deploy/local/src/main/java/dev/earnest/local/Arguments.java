package dev.earnest.local;

import dev.earnest.local.process.StackException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words after a command, taken one by one; what nobody took is a mistake.
final class Arguments {
  private final List<String> words;

  Arguments(List<String> words) {
    this.words = new ArrayList<>(words);
  }

  boolean flag(String name) {
    return words.remove(name);
  }

  /// The value after `name`, or of `name=value`.
  @Nullable String value(String name) {
    for (var i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (word.startsWith(name + "=")) {
        words.remove(i);
        return word.substring(name.length() + 1);
      }
      if (word.equals(name)) {
        if (i + 1 == words.size()) {
          throw new StackException(name + " needs a value");
        }
        words.remove(i);
        return words.remove(i);
      }
    }
    return null;
  }

  @Nullable Integer number(String name, int least, int most) {
    var value = value(name);
    if (value == null) {
      return null;
    }
    try {
      var number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // the same line as for a number that is too large
    }
    throw new StackException(
        name + " needs a number from " + least + " to " + most + ", not '" + value + "'");
  }

  /// The first word that is no option.
  String word(String what) {
    for (var i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (!word.startsWith("--")) {
        return words.remove(i);
      }
      if (!word.contains("=")) {
        i++;
      }
    }
    throw new StackException("this command needs " + what + "; see ./earnest help");
  }

  void end() {
    if (!words.isEmpty()) {
      throw new StackException("what is '" + words.getFirst() + "'? See ./earnest help");
    }
  }
}
