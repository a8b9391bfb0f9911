package dev.earnest.messaging.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.domain.Timeline;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happened to a task, from its creation on.
@Path("/api/v1/tasks/{id}/timeline")
@RunOnVirtualThread
@RequiresScope(Scope.TASKS_READ)
public class TimelineResource {
  private static final int DEFAULT_LIMIT = 50;

  private final CurrentCaller caller;
  private final VisibleTasks tasks;
  private final Timeline timeline;
  private final Cursors cursors;

  TimelineResource(CurrentCaller caller, VisibleTasks tasks, Timeline timeline, Cursors cursors) {
    this.caller = caller;
    this.tasks = tasks;
    this.timeline = timeline;
    this.cursors = cursors;
  }

  /// A page of a task's events, oldest first.
  public record TimelineAnswer(
      boolean success, List<EntryView> timeline, @Nullable String nextCursor) {}

  /// One event. `sequence` counts a task's events from 1 without a gap; `severity` is `info`,
  /// `error` or `critical`; `data` is what its service told.
  public record EntryView(
      long sequence,
      String source,
      String type,
      String severity,
      Instant timestamp,
      @JsonRawValue String data) {
    static EntryView of(Timeline.Entry entry) {
      return new EntryView(
          entry.seq(),
          entry.source(),
          entry.type(),
          entry.severity(),
          entry.occurredAt(),
          entry.data());
    }
  }

  /// Every event of a task from every service. 400 `bad_cursor`; 404 when it is not the caller's.
  @GET
  public TimelineAnswer list(
      @PathParam("id") String id,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    UUID task = tasks.get(id, caller.get()).id();
    UUID after = cursors.decode(listOf(task), cursor);
    int most = Cursors.limit(limit, DEFAULT_LIMIT);
    long position = after == null ? 0 : after.getLeastSignificantBits();
    return page(task, timeline.page(task, position, most + 1), most);
  }

  private TimelineAnswer page(UUID task, List<Timeline.Entry> found, int limit) {
    boolean more = found.size() > limit;
    List<Timeline.Entry> page = more ? found.subList(0, limit) : found;
    String next = more ? cursors.encode(listOf(task), new UUID(0, page.getLast().seq())) : null;
    return new TimelineAnswer(true, page.stream().map(EntryView::of).toList(), next);
  }

  private static String listOf(UUID task) {
    return "timeline/" + task;
  }
}
