package dev.earnest.messaging.api;

import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.domain.Notification.Category;
import dev.earnest.messaging.domain.Notification.Way;
import dev.earnest.messaging.domain.Preferences;
import dev.earnest.messaging.domain.Preferences.Off;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the caller wants to be told, and where.
@Path("/api/v1/notifications/preferences")
@RunOnVirtualThread
@Idempotent
@RequiresScope(value = Scope.MESSAGES_WRITE, wholeAccount = true)
public class PreferenceResource {
  private final CurrentCaller caller;
  private final Preferences preferences;

  PreferenceResource(CurrentCaller caller, Preferences preferences) {
    this.caller = caller;
    this.preferences = preferences;
  }

  /// By category (`task`, `payment`, `dispute`, `message`) and channel (`feed`, `webhook`).
  public record PreferencesAnswer(boolean success, Map<String, Map<String, Boolean>> preferences) {}

  /// @param preferences as in the answer; what is left out stays as it is
  public record PutPreferences(
      @Nullable Map<String, @Nullable Map<String, @Nullable Boolean>> preferences) {}

  @GET
  @RequiresScope(value = Scope.TASKS_READ, wholeAccount = true)
  public PreferencesAnswer get() {
    return answer(caller.get().account());
  }

  /// 400 when a category or channel is unknown.
  @PUT
  public PreferencesAnswer put(@NotNull PutPreferences body) {
    if (body.preferences() == null) {
      throw Refusal.invalid("preferences", "must not be absent");
    }
    String account = caller.get().account();
    Map<Off, Boolean> wanted = new HashMap<>();
    body.preferences()
        .forEach((category, ways) -> {
          Category known = category(category);
          if (ways == null) {
            throw Refusal.invalid("preferences." + category, "must not be null");
          }
          ways.forEach(
              (way, on) -> wanted.put(new Off(account, known, way(category, way)), on(on)));
        });
    preferences.change(wanted);
    return answer(account);
  }

  private PreferencesAnswer answer(String account) {
    Set<Off> off = preferences.off(List.of(account));
    Map<String, Map<String, Boolean>> all = new LinkedHashMap<>();
    for (Category category : Category.values()) {
      Map<String, Boolean> ways = new LinkedHashMap<>();
      for (Way way : Way.values()) {
        ways.put(way.word(), !off.contains(new Off(account, category, way)));
      }
      all.put(category.word(), ways);
    }
    return new PreferencesAnswer(true, all);
  }

  private static Category category(String word) {
    return Arrays.stream(Category.values())
        .filter(category -> category.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            Refusal.invalid(
                "preferences", "knows the categories task, payment, dispute and message"));
  }

  private static Way way(String category, String word) {
    return Arrays.stream(Way.values())
        .filter(way -> way.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            Refusal.invalid("preferences." + category, "knows the channels feed and webhook"));
  }

  private static boolean on(@Nullable Boolean wanted) {
    if (wanted == null) {
      throw Refusal.invalid("preferences", "must say true or false");
    }
    return wanted;
  }
}
