package dev.earnest.task.api.assistant;

import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import dev.earnest.task.domain.TaskQuery;
import dev.earnest.task.domain.TaskState;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which tasks a list shows, and which page of it.
public class AssistantTaskFilter {
  private static final int MAX_SEARCH = 200;
  private static final int DEFAULT_PER_PAGE = 20;
  private static final int MAX_PER_PAGE = 100;

  /// Words of this door in any case, one or several with commas.
  @QueryParam("status")
  @Nullable String status;

  /// A task's type, letter by letter.
  @QueryParam("type")
  @Nullable String type;

  /// Words of title and description: all of them, "together" in quotes, -without.
  @QueryParam("search")
  @Nullable String search;

  /// true: only what the caller made; else also what they work on, are assigned to or follow.
  @QueryParam("mine")
  @Nullable String mine;

  /// Counted from 1, which it is if absent.
  @QueryParam("page")
  @Nullable String page;

  /// 1..100, 20 if absent.
  @QueryParam("perPage")
  @Nullable String perPage;

  TaskQuery toQuery(Caller caller) {
    @Nullable String email = caller.email();
    return new TaskQuery(
        caller.account(),
        isMine() ? TaskQuery.View.BUYER : TaskQuery.View.SHARED,
        states(),
        null,
        null,
        null,
        words(),
        caller.apiKey() == null ? null : caller.apiKey().team(),
        null,
        type == null || type.isBlank() ? null : type,
        email == null ? null : email.toLowerCase(Locale.ROOT));
  }

  int page() {
    return number("page", page, 1, Integer.MAX_VALUE);
  }

  int perPage() {
    return number("perPage", perPage, DEFAULT_PER_PAGE, MAX_PER_PAGE);
  }

  private Set<TaskState> states() {
    return status == null
        ? Set.of()
        : Arrays.stream(status.split(",", -1))
            .flatMap(word -> AssistantStatus.parse(word.strip()).states())
            .collect(Collectors.toSet());
  }

  private boolean isMine() {
    if (mine == null || mine.equalsIgnoreCase("false")) {
      return false;
    }
    if (mine.equalsIgnoreCase("true")) {
      return true;
    }
    throw Refusal.invalid("mine", "must be true or false");
  }

  private @Nullable String words() {
    if (search == null || search.isBlank()) {
      return null;
    }
    if (search.length() > MAX_SEARCH) {
      throw Refusal.invalid("search", "must not be over " + MAX_SEARCH + " characters");
    }
    return search;
  }

  private static int number(String field, @Nullable String text, int otherwise, int most) {
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // No number: told below like one that is out of bounds.
    }
    throw Refusal.invalid(field, "must be a whole number within 1 and " + most);
  }
}
