package dev.earnest.messaging.api;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.domain.Message;
import dev.earnest.messaging.domain.Message.Draft;
import dev.earnest.messaging.domain.Messages;
import dev.earnest.messaging.domain.Talk;
import dev.earnest.messaging.domain.TaskHead;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// What buyer and agent of a task say to each other, at the addresses of both APIs that the
/// marketplace speaks.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.MESSAGES_WRITE)
public class MessageResource {
  /// Who asks for no page gets a whole conversation, to this length.
  static final int WHOLE = 1_000;

  private final CurrentCaller caller;
  private final VisibleTasks tasks;
  private final Talk talk;
  private final Messages messages;
  private final Cursors cursors;

  MessageResource(
      CurrentCaller caller, VisibleTasks tasks, Talk talk, Messages messages, Cursors cursors) {
    this.caller = caller;
    this.tasks = tasks;
    this.talk = talk;
    this.messages = messages;
    this.cursors = cursors;
  }

  /// @param content 1 to 10,000 characters, no control characters but newline and tab
  /// @param attachmentUrl http or https, at most 2,048 characters
  @Schema(examples = "{\"content\": \"Please add pagination, too.\"}")
  public record PostMessage(
      @Nullable String content, @JsonAlias("attachment_url") @Nullable String attachmentUrl) {}

  /// @param messageId what was read last; everything when it is absent
  public record MarkRead(@JsonAlias("message_id") @Nullable String messageId) {}

  public record MessageAnswer(boolean success, Message message) {}

  /// A page of a conversation, oldest first.
  public record MessagesAnswer(
      boolean success, List<Message> messages, @Nullable String nextCursor) {}

  public record TypingAnswer(boolean success) {}

  public record ReadAnswer(boolean success, int unreadCount) {}

  /// Says something as the task's buyer or the account of its agent, in any state of the task. To a
  /// task that awaits input, the buyer's message is that input.
  ///
  /// 201; 400; 403 who may only read along; 404.
  @POST
  @Path("/dashboard/messages/{id}")
  @APIResponseSchema(value = MessageAnswer.class, responseCode = "201")
  public RestResponse<MessageAnswer> post(@PathParam("id") String id, @NotNull PostMessage body) {
    Caller sender = caller.get();
    TaskHead task = tasks.get(id, sender);
    Message message = talk.post(task, sender, new Draft(body.content(), body.attachmentUrl()));
    return RestResponse.status(RestResponse.Status.CREATED, new MessageAnswer(true, message));
  }

  /// As [#post].
  @POST
  @Path("/tasks/{id}/messages")
  @APIResponseSchema(value = MessageAnswer.class, responseCode = "201")
  public RestResponse<MessageAnswer> postToTask(
      @PathParam("id") String id, @NotNull PostMessage body) {
    return post(id, body);
  }

  /// The conversation from its beginning: 1,000 messages, or pages of at most `limit` (to 100).
  /// Reading it does not move the read mark. 400 `bad_cursor`; 404.
  @GET
  @RequiresScope(Scope.TASKS_READ)
  @Path("/dashboard/messages/{id}")
  public MessagesAnswer list(
      @PathParam("id") String id,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    UUID task = tasks.get(id, caller.get()).id();
    UUID after = cursors.decode(listOf(task), cursor);
    int most = Cursors.limit(limit, WHOLE);
    long position = after == null ? 0 : after.getLeastSignificantBits();
    return page(task, messages.page(task, position, most + 1), most);
  }

  /// As [#list].
  @GET
  @RequiresScope(Scope.TASKS_READ)
  @Path("/tasks/{id}/messages")
  public MessagesAnswer listOfTask(
      @PathParam("id") String id,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    return list(id, cursor, limit);
  }

  /// Moves the caller's read mark, never backwards. 400; 403 who is neither buyer nor agent; 404.
  @POST
  @Path("/dashboard/messages/{id}/read")
  @Consumes(MediaType.APPLICATION_JSON)
  public ReadAnswer read(@PathParam("id") String id, @Nullable MarkRead body) {
    Caller reader = caller.get();
    TaskHead task = tasks.get(id, reader);
    String last = body == null ? null : body.messageId();
    UUID upTo = last == null ? null : Ids.parseField("messageId", last);
    return new ReadAnswer(true, talk.read(task, reader, upTo));
  }

  /// As [#read], of everything, for those who send no body.
  @POST
  @Path("/dashboard/messages/{id}/read")
  @Consumes(MediaType.WILDCARD)
  public ReadAnswer readAll(@PathParam("id") String id) {
    return read(id, null);
  }

  /// Shows the other side, on its message stream, that the caller is writing. To be called again
  /// while that lasts. 403 who is neither buyer nor agent; 404.
  @POST
  @Path("/dashboard/messages/{id}/typing")
  @Consumes(MediaType.WILDCARD)
  public TypingAnswer type(@PathParam("id") String id) {
    Caller writer = caller.get();
    talk.type(tasks.get(id, writer), writer);
    return new TypingAnswer(true);
  }

  private MessagesAnswer page(UUID task, List<Messages.Placed> found, int limit) {
    boolean more = found.size() > limit;
    List<Messages.Placed> page = more ? found.subList(0, limit) : found;
    String next = more ? cursors.encode(listOf(task), new UUID(0, page.getLast().seq())) : null;
    return new MessagesAnswer(true, page.stream().map(Messages.Placed::message).toList(), next);
  }

  private static String listOf(UUID task) {
    return "messages/" + task;
  }
}
