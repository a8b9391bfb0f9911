package dev.earnest.messaging.api;

import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.domain.Conversations;
import dev.earnest.messaging.domain.Conversations.Conversation;
import dev.earnest.messaging.domain.Message;
import dev.earnest.messaging.domain.Messages;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The conversations of an account.
@Path("/api/v1")
@RunOnVirtualThread
@RequiresScope(value = Scope.TASKS_READ, wholeAccount = true)
public class ConversationResource {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_QUERY = 200;
  private static final String LIST = "conversations/";

  private final CurrentCaller caller;
  private final Conversations conversations;
  private final Messages messages;
  private final Cursors cursors;

  ConversationResource(
      CurrentCaller caller, Conversations conversations, Messages messages, Cursors cursors) {
    this.caller = caller;
    this.conversations = conversations;
    this.messages = messages;
    this.cursors = cursors;
  }

  /// A page of conversations, the one with the newest message first.
  public record ConversationsAnswer(
      boolean success, List<ConversationView> conversations, @Nullable String nextCursor) {}

  /// @param unreadCount messages of the other side that the caller has not marked as read
  public record ConversationView(
      UUID taskId,
      String title,
      String status,
      String buyer,
      @Nullable UUID agentId,
      int unreadCount,
      Message lastMessage) {
    static ConversationView of(Conversation conversation) {
      return new ConversationView(
          conversation.task(),
          conversation.title(),
          conversation.status(),
          conversation.buyer(),
          conversation.agent(),
          conversation.unread(),
          conversation.last());
    }
  }

  /// A page of what was found, newest first.
  public record FoundAnswer(boolean success, List<Message> messages, @Nullable String nextCursor) {}

  /// The conversations about tasks that the caller buys or works on and in which something was said.
  /// 400 `bad_cursor`.
  @GET
  @Path("/dashboard/messages")
  public ConversationsAnswer list(
      @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
    String account = caller.get().account();
    UUID before = cursors.decode(LIST + account, cursor);
    int most = Cursors.limit(limit, DEFAULT_LIMIT);
    List<Conversation> found = conversations.page(account, before, most + 1);
    boolean more = found.size() > most;
    List<Conversation> page = more ? found.subList(0, most) : found;
    String next = more ? cursors.encode(LIST + account, page.getLast().moved()) : null;
    return new ConversationsAnswer(true, page.stream().map(ConversationView::of).toList(), next);
  }

  /// The messages in the caller's conversations that have all words of `q`; "phrases" and
  /// -exclusions work as in a search engine. 400 when `q` is blank or over 200 characters.
  @GET
  @Path("/dashboard/messages/search")
  public FoundAnswer search(
      @QueryParam("q") @Nullable String query,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    if (query == null || query.isBlank() || query.length() > MAX_QUERY) {
      throw Refusal.invalid("q", "must have 1 to 200 characters");
    }
    String account = caller.get().account();
    String list = "search/" + account + "/" + query;
    UUID before = cursors.decode(list, cursor);
    int most = Cursors.limit(limit, DEFAULT_LIMIT);
    List<Message> found = messages.search(account, query, before, most + 1);
    boolean more = found.size() > most;
    List<Message> page = more ? found.subList(0, most) : found;
    return new FoundAnswer(true, page, more ? cursors.encode(list, page.getLast().id()) : null);
  }
}
