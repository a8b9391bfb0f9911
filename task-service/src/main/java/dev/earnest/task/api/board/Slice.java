package dev.earnest.task.api.board;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page of a list, of which one more than its length was read to know whether there is another.
record Slice<T>(List<T> page, boolean more) {
  static final int DEFAULT_LIMIT = 50;

  static <T> Slice<T> of(List<T> found, int length) {
    return new Slice<>(found.subList(0, Math.min(length, found.size())), found.size() > length);
  }

  <V> List<V> map(Function<T, V> view) {
    return page.stream().map(view).toList();
  }

  /// @param cursor what asks for the page behind this element
  @Nullable String next(Function<T, String> cursor) {
    return more ? cursor.apply(page.getLast()) : null;
  }
}
