package dev.earnest.messaging.domain;

import dev.earnest.kit.event.DomainEvent;
import dev.earnest.kit.event.Topics;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `earnest.message.posted.v1`: a party of a task wrote to the other one.
@RegisterForReflection
public record MessagePosted(
    UUID taskId,
    UUID messageId,
    String senderId,
    SenderRole senderRole,
    String content,
    @Nullable String attachmentUrl,
    Instant createdAt)
    implements DomainEvent {
  static final String TYPE = "earnest.message.posted.v1";

  static MessagePosted of(Message message) {
    return new MessagePosted(
        message.taskId(),
        message.id(),
        message.senderId(),
        message.senderRole(),
        message.content(),
        message.attachmentUrl(),
        message.createdAt());
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String topic() {
    return Topics.MESSAGE;
  }

  @Override
  public String subject() {
    return taskId.toString();
  }
}
