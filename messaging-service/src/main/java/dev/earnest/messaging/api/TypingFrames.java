package dev.earnest.messaging.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.messaging.domain.Channel.Kind;
import dev.earnest.messaging.domain.StreamNews.Typing;
import dev.earnest.messaging.domain.TaskHead;
import dev.earnest.messaging.domain.TaskHeads;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;

/// The `typing` events of conversations.
@ApplicationScoped
class TypingFrames {
  private final TaskHeads heads;
  private final ObjectMapper json;

  TypingFrames(TaskHeads heads, ObjectMapper json) {
    this.heads = heads;
    this.json = json;
  }

  /// Shows it to those readers of the conversation who may still see the task and are somebody else.
  void show(Typing typist, Collection<StreamReader> readers) {
    Buffer frame = Buffer.buffer();
    String data =
        json.createObjectNode()
            .put("taskId", typist.task().toString())
            .put("senderId", typist.senderId())
            .put("senderRole", typist.senderRole().name())
            .toString();
    Frames.append(frame, "typing", data);
    TaskHead head = heads.find(typist.task()).orElse(null);
    for (StreamReader reader : readers) {
      if (head != null
          && reader.channel().kind() == Kind.CONVERSATION
          && !reader.caller().account().equals(typist.account())
          && reader.sees(head)) {
        reader.show(frame);
      }
    }
  }
}
