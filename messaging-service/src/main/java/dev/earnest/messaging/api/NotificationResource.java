package dev.earnest.messaging.api;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.domain.Notification;
import dev.earnest.messaging.domain.Notification.Category;
import dev.earnest.messaging.domain.Notifications;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the caller is told.
@Path("/api/v1/notifications")
@RunOnVirtualThread
@Idempotent
@RequiresScope(value = Scope.MESSAGES_WRITE, wholeAccount = true)
public class NotificationResource {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_IDS = 1_000;

  private final CurrentCaller caller;
  private final Notifications notifications;
  private final Cursors cursors;

  NotificationResource(CurrentCaller caller, Notifications notifications, Cursors cursors) {
    this.caller = caller;
    this.notifications = notifications;
    this.cursors = cursors;
  }

  /// A page of the feed, newest first.
  public record FeedAnswer(
      boolean success, List<Notification> notifications, @Nullable String nextCursor) {}

  /// @param unread of each category
  public record CountAnswer(boolean success, int unreadCount, Map<Category, Integer> unread) {
    static CountAnswer of(Map<Category, Integer> unread) {
      return new CountAnswer(true, sum(unread), unread);
    }
  }

  /// @param read how many were not read before
  public record ReadAnswer(boolean success, int read, int unreadCount) {}

  /// @param ids at most 1,000; those that are not the caller's count for nothing
  public record ReadRequest(@Nullable List<@Nullable String> ids) {}

  /// The feed. `unread=true`: only what is not read yet. 400 `bad_cursor`.
  @GET
  @RequiresScope(value = Scope.TASKS_READ, wholeAccount = true)
  public FeedAnswer feed(
      @QueryParam("unread") @Nullable String unread,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    String account = caller.get().account();
    boolean unreadOnly = "true".equals(unread);
    String list = (unreadOnly ? "unread-notifications/" : "notifications/") + account;
    UUID before = cursors.decode(list, cursor);
    int most = Cursors.limit(limit, DEFAULT_LIMIT);
    List<Notification> found = notifications.page(account, unreadOnly, before, most + 1);
    boolean more = found.size() > most;
    List<Notification> page = more ? found.subList(0, most) : found;
    return new FeedAnswer(true, page, more ? cursors.encode(list, page.getLast().id()) : null);
  }

  @GET
  @RequiresScope(value = Scope.TASKS_READ, wholeAccount = true)
  @Path("/unread-count")
  public CountAnswer unreadCount() {
    return CountAnswer.of(notifications.unread(caller.get().account()));
  }

  /// Marks some as read. 400 when an id is none, or there are too many.
  @POST
  @Path("/read")
  public ReadAnswer read(@NotNull ReadRequest body) {
    List<@Nullable String> ids = body.ids();
    if (ids == null || ids.size() > MAX_IDS) {
      throw Refusal.invalid("ids", "must be a list of at most 1,000 ids");
    }
    List<UUID> these = ids.stream().map(id -> Ids.parseField("ids", id == null ? "" : id)).toList();
    String account = caller.get().account();
    return answer(account, notifications.read(account, these));
  }

  /// Marks all as read that the caller has been told until now.
  @POST
  @Path("/read-all")
  @Consumes(MediaType.WILDCARD)
  public ReadAnswer readAll() {
    String account = caller.get().account();
    return answer(account, notifications.readAll(account));
  }

  private ReadAnswer answer(String account, int read) {
    return new ReadAnswer(true, read, sum(notifications.unread(account)));
  }

  static int sum(Map<Category, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
