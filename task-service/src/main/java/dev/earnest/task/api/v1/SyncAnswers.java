package dev.earnest.task.api.v1;

import dev.earnest.kit.problem.Words;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.task.api.v1.CreateTask.ExecutionMode;
import dev.earnest.task.domain.TaskEnds;
import dev.earnest.task.domain.Tasks;
import dev.earnest.task.domain.Waits;
import dev.earnest.task.domain.Windows;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Holds the answer of a creation back until the task is over, or the time is. It waits when the
/// creation is committed, whatever transaction that was part of.
@Provider
@ApplicationScoped
public class SyncAnswers implements ContainerResponseFilter {
  private static final String WAIT = "earnest.sync-answer";
  private static final String PREFERENCE = "wait=";

  private final RoutingContext current;
  private final TaskEnds ends;
  private final Tasks tasks;
  private final TaskViews views;
  private final CurrentCaller caller;
  private final Windows windows;

  SyncAnswers(
      RoutingContext current,
      TaskEnds ends,
      Tasks tasks,
      TaskViews views,
      CurrentCaller caller,
      Windows windows) {
    this.current = current;
    this.ends = ends;
    this.tasks = tasks;
    this.views = views;
    this.caller = caller;
    this.windows = windows;
  }

  /// Notes how long this request's answer may be held back.
  ///
  /// @param mode sync waits as long as anybody may
  /// @param prefer the header of RFC 7240; `wait=N` says how many seconds
  /// @throws dev.earnest.kit.problem.Refusal 400 for an unknown mode or too long a wait
  void askFor(@Nullable String mode, @Nullable String prefer) {
    boolean sync =
        Words.parse(ExecutionMode.class, "execution_mode", mode, ExecutionMode.ASYNC)
            == ExecutionMode.SYNC;
    @Nullable String seconds = preferredWait(prefer);
    if (seconds != null) {
      current.put(WAIT, Waits.parse("Prefer", seconds, windows.longestWait()));
    } else if (sync) {
      current.put(WAIT, windows.longestWait());
    }
  }

  private static @Nullable String preferredWait(@Nullable String prefer) {
    if (prefer == null) {
      return null;
    }
    return Arrays.stream(prefer.split("[,;]", -1))
        .map(String::strip)
        .filter(preference -> preference.startsWith(PREFERENCE))
        .map(preference -> preference.substring(PREFERENCE.length()))
        .findFirst()
        .orElse(null);
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    @Nullable Duration wait = current.get(WAIT);
    if (wait == null || !(response.getEntity() instanceof TaskAnswer answer)) {
      return;
    }
    UUID id = answer.task().id();
    ends.await(id, wait);
    response.setEntity(views.answer(tasks.get(id, caller.get())));
    response.getHeaders().putSingle("Preference-Applied", PREFERENCE + wait.toSeconds());
  }
}
