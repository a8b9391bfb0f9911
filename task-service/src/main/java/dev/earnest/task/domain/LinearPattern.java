package dev.earnest.task.domain;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/// A regular expression that is matched in time linear in the text (RE2): no look-around and no
/// back-references. `\u0041` is understood as ECMA-262 means it.
///
/// @param size a measure of the compiled program; a character of text costs at most that much work
record LinearPattern(Pattern program, int size) {
  private static final int MAX_SIZE = 5_000;
  private static final int MAX_NESTING = 50;
  private static final java.util.regex.Pattern REPEAT =
      java.util.regex.Pattern.compile("\\{(\\d{1,4})(,(\\d{0,4}))?}");

  /// @throws IllegalArgumentException saying what is wrong with the expression
  static LinearPattern of(String expression) {
    long estimate = estimate(expression);
    if (estimate > MAX_SIZE) {
      throw new IllegalArgumentException("its repetitions make it too large");
    }
    try {
      Pattern program = Pattern.compile(translated(expression));
      return new LinearPattern(program, Math.max(program.programSize(), 1));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          String.valueOf(e.getMessage()).replace("error parsing regexp: ", ""));
    }
  }

  boolean isFoundIn(String text) {
    return program.matcher(text).find();
  }

  /// An upper bound of the size, found before anything is compiled: repetitions multiply, and RE2
  /// writes each of them out.
  private static long estimate(String expression) {
    Deque<long[]> groups = new ArrayDeque<>();
    long[] group = {0, 0}; // the size of all but the last part, and of the last part
    for (int at = 0; at < expression.length(); at++) {
      char c = expression.charAt(at);
      MatchResult repeat = c == '{' ? repeatAt(expression, at) : null;
      if (repeat != null) {
        group[1] = Math.min((group[1] + 1) * (times(repeat) + 1), Integer.MAX_VALUE);
        at = repeat.end() - 1;
      } else if (c == '(') {
        groups.push(group);
        group = new long[] {0, 0};
        if (groups.size() > MAX_NESTING) {
          throw new IllegalArgumentException("its groups are nested too deep");
        }
      } else if (c == ')' && !groups.isEmpty()) {
        long size = group[0] + group[1] + 2;
        group = part(groups.pop(), size);
      } else if (c == '*' || c == '+' || c == '?') {
        group[1]++;
      } else {
        group = part(group, 1);
        at = endOfPart(expression, at);
      }
    }
    long size = group[0] + group[1];
    for (long[] open : groups) {
      size += open[0] + open[1];
    }
    return size;
  }

  private static long[] part(long[] group, long size) {
    return new long[] {Math.min(group[0] + group[1], Integer.MAX_VALUE), size};
  }

  private static @Nullable MatchResult repeatAt(String expression, int start) {
    var matcher = REPEAT.matcher(expression).region(start, expression.length());
    return matcher.lookingAt() ? matcher.toMatchResult() : null;
  }

  private static long times(MatchResult repeat) {
    String most = repeat.group(3);
    String least = repeat.group(1);
    return Math.max(
        Long.parseLong(least), most == null || most.isEmpty() ? 0 : Long.parseLong(most));
  }

  private static int endOfPart(String expression, int start) {
    if (expression.charAt(start) == '\\') {
      if (expression.startsWith("\\Q", start)) {
        throw new IllegalArgumentException("invalid escape sequence: `\\Q`");
      }
      return start + 1;
    }
    if (expression.charAt(start) != '[') {
      return start;
    }
    int at = expression.startsWith("[^", start) ? start + 2 : start + 1;
    for (int first = at; at < expression.length(); at++) {
      if (expression.charAt(at) == '\\') {
        at++;
      } else if (expression.charAt(at) == ']' && at > first) {
        return at;
      }
    }
    return expression.length();
  }

  private static String translated(String expression) {
    StringBuilder result = new StringBuilder();
    for (int at = 0; at < expression.length(); at++) {
      char c = expression.charAt(at);
      if (c != '\\' || at + 1 == expression.length()) {
        result.append(c);
      } else if (expression.substring(at).matches("(?s)\\\\u[0-9A-Fa-f]{4}.*")) {
        result.append("\\x{").append(expression, at + 2, at + 6).append('}');
        at += 5;
      } else {
        result.append(c).append(expression.charAt(++at));
      }
    }
    return result.toString();
  }
}
