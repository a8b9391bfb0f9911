package dev.earnest.kit.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads words of a fixed set, in any case.
public final class Words {
  private Words() {}

  /// @throws Refusal 400 that names the words there are
  public static <E extends Enum<E>> E parse(Class<E> words, String field, String word) {
    return Arrays.stream(words.getEnumConstants())
        .filter(known -> known.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid(field, "must be one of " + all(words)));
  }

  /// As above; what is absent is the default.
  public static <E extends Enum<E>> E parse(
      Class<E> words, String field, @Nullable String word, E otherwise) {
    return word == null ? otherwise : parse(words, field, word);
  }

  /// As clients read it: in lower case.
  public static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> String all(Class<E> words) {
    return Arrays.stream(words.getEnumConstants())
        .map(Enum::name)
        .collect(Collectors.joining(", "));
  }
}
