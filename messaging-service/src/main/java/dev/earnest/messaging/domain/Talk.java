package dev.earnest.messaging.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import dev.earnest.messaging.domain.Heard.Said;
import dev.earnest.messaging.domain.Message.Draft;
import dev.earnest.messaging.domain.StreamNews.Typing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the two sides of a task do in their conversation.
@ApplicationScoped
public class Talk {
  private final Chronicle chronicle;
  private final TaskHeads heads;
  private final Messages messages;
  private final Conversations conversations;
  private final StreamNews news;
  private final Outbox outbox;
  private final Ids ids;
  private final InstantSource clock;
  private final ObjectMapper json;

  Talk(
      Chronicle chronicle,
      TaskHeads heads,
      Messages messages,
      Conversations conversations,
      StreamNews news,
      Outbox outbox,
      Ids ids,
      InstantSource clock,
      ObjectMapper json) {
    this.chronicle = chronicle;
    this.heads = heads;
    this.messages = messages;
    this.conversations = conversations;
    this.news = news;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
    this.json = json;
  }

  /// Says something to the other side; to task-service too, for whom it may be input.
  ///
  /// @throws Refusal 403 when the caller is neither side
  @Transactional
  public Message post(TaskHead task, Caller caller, Draft draft) {
    SenderRole side = side(task, caller);
    Message message = message(task, caller, side, draft);
    chronicle.record(
        List.of(
            new Heard(
                task.id(),
                "messaging-service",
                "message.posted",
                Severity.INFO,
                message.createdAt(),
                null,
                entry(message),
                List.of(),
                new Said(caller.account(), message),
                null)));
    outbox.append(MessagePosted.of(message));
    return message;
  }

  /// Moves the caller's read mark to a message, or to the newest.
  ///
  /// @return how many are unread behind it
  /// @throws Refusal 400 when there is no such message; 403 when the caller is neither side
  @Transactional
  public int read(TaskHead task, Caller caller, @Nullable UUID upTo) {
    var _ = side(task, caller);
    TaskHead locked = Objects.requireNonNull(heads.lock(List.of(task.id())).get(task.id()));
    long seq =
        upTo == null
            ? locked.streamId()
            : messages
                .seq(task.id(), upTo)
                .orElseThrow(
                    () -> Refusal.invalid("messageId", "is no message of this conversation"));
    return conversations.read(caller.account(), task.id(), seq);
  }

  /// Shows the other side that the caller is writing, if it looks.
  ///
  /// @throws Refusal 403 when the caller is neither side
  public void type(TaskHead task, Caller caller) {
    SenderRole side = side(task, caller);
    news.tell(new Typing(task.id(), caller.account(), sender(task, caller, side), side));
  }

  private static SenderRole side(TaskHead task, Caller caller) {
    return task.sideOf(caller)
        .orElseThrow(
            () -> Refusal.forbidden("Only the buyer and the agent of a task speak about it."));
  }

  private Message message(TaskHead task, Caller caller, SenderRole side, Draft draft) {
    return new Message(
        ids.next(),
        task.id(),
        sender(task, caller, side),
        side,
        Objects.requireNonNull(draft.content()),
        draft.attachmentUrl(),
        clock.instant());
  }

  private static String sender(TaskHead task, Caller caller, SenderRole side) {
    TaskState state = Objects.requireNonNull(task.state());
    return side == SenderRole.BUYER ? caller.account() : String.valueOf(state.agent());
  }

  /// The timeline says that and by whom; what was said is in the conversation.
  private JsonNode entry(Message message) {
    return json.createObjectNode()
        .put("messageId", message.id().toString())
        .put("senderId", message.senderId())
        .put("senderRole", message.senderRole().name());
  }
}
