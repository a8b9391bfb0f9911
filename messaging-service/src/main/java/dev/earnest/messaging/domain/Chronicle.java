package dev.earnest.messaging.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.event.AfterCommit;
import dev.earnest.messaging.domain.Conversations.Party;
import dev.earnest.messaging.domain.Heard.News;
import dev.earnest.messaging.domain.Heard.Said;
import dev.earnest.messaging.domain.Inboxes.Letter;
import dev.earnest.messaging.domain.StreamFeed.StreamEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes down what is heard: each task's state, timeline, conversation, streams, notifications and
/// webhooks, all in the transaction of the caller, with a handful of statements however many events there are.
///
/// The rows of the tasks are locked first, so everything about one task is numbered in one order,
/// whichever topic it came from and however many replicas listen.
@ApplicationScoped
public class Chronicle {
  private final TaskHeads heads;
  private final Timeline timeline;
  private final StreamFeed feed;
  private final Messages messages;
  private final Conversations conversations;
  private final Notifications notifications;
  private final AgentInbox agentInbox;
  private final Inboxes inboxes;
  private final WebhookQueue webhooks;
  private final StreamNews news;
  private final AfterCommit afterCommit;
  private final ObjectMapper json;

  Chronicle(
      TaskHeads heads,
      Timeline timeline,
      StreamFeed feed,
      Messages messages,
      Conversations conversations,
      Notifications notifications,
      AgentInbox agentInbox,
      Inboxes inboxes,
      WebhookQueue webhooks,
      StreamNews news,
      AfterCommit afterCommit,
      ObjectMapper json) {
    this.heads = heads;
    this.timeline = timeline;
    this.feed = feed;
    this.messages = messages;
    this.conversations = conversations;
    this.notifications = notifications;
    this.agentInbox = agentInbox;
    this.inboxes = inboxes;
    this.webhooks = webhooks;
    this.news = news;
    this.afterCommit = afterCommit;
    this.json = json;
  }

  /// Writes events down in their order.
  public void record(List<Heard> heard) {
    record(heard, List.of());
  }

  /// As above, together with what accounts are told that is no part of any task's story.
  public void record(List<Heard> heard, List<Notification.Draft> besides) {
    if (heard.isEmpty() && besides.isEmpty()) {
      return;
    }
    Batch batch = new Batch(heads.lock(heard.stream().map(Heard::task).toList()));
    heard.stream().filter(one -> !batch.head(one.task()).deleted()).forEach(batch::add);
    heads.save(batch.heads.values());
    timeline.append(batch.entries);
    feed.append(batch.events);
    conversations.join(batch.joined);
    List<Posted> posted = batch.posted();
    messages.append(posted);
    conversations.move(posted);
    webhooks.add(batch.told);
    inboxes.append(letters(batch.told, besides));
    afterCommit.run(() -> news.tell(batch.heads.keySet()));
  }

  private List<Letter> letters(List<Told> told, List<Notification.Draft> besides) {
    Stream<Notification.Draft> drafts = told.stream().flatMap(NotificationRules::of);
    List<Letter> letters =
        new ArrayList<>(notifications.add(Stream.concat(drafts, besides.stream()).toList()));
    told.stream().flatMap(agentInbox::letters).forEach(letters::add);
    return letters;
  }

  private record Placed(long seq, Said said) {}

  private final class Batch {
    private final Map<UUID, TaskHead> heads;
    private final List<Timeline.Entry> entries = new ArrayList<>();
    private final List<StreamEvent> events = new ArrayList<>();
    private final List<Placed> said = new ArrayList<>();
    private final List<Party> joined = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();

    Batch(Map<UUID, TaskHead> heads) {
      this.heads = heads;
    }

    void add(Heard heard) {
      TaskHead before = head(heard.task());
      TaskHead head = entry(before, heard);
      TaskState state = heard.state();
      if (head.doneId() == null) {
        for (News news : heard.news()) {
          head = event(head, news.name(), news.data());
        }
      }
      if (heard.said() != null) {
        head = message(head, heard.said());
      }
      if (state != null && head.isNews(state)) {
        head = state(head, state, heard.at());
      }
      heads.put(heard.task(), head);
      told.add(new Told(heard, before, head));
    }

    private TaskHead entry(TaskHead head, Heard heard) {
      TaskHead next = head.withEntry();
      entries.add(
          new Timeline.Entry(
              heard.task(),
              next.timelineSeq(),
              heard.source(),
              heard.type(),
              heard.severity().word(),
              heard.at(),
              heard.data().toString()));
      return next;
    }

    /// A conversation goes on after the task's end, which is where its stream ends for others.
    private TaskHead message(TaskHead head, Said heard) {
      TaskHead next = event(head, "message", json.valueToTree(heard.message()));
      said.add(new Placed(next.streamId(), heard));
      return next;
    }

    private TaskHead state(TaskHead head, TaskState state, Instant at) {
      String agent = state.agentAccount();
      if (agent != null && (head.state() == null || !agent.equals(head.state().agentAccount()))) {
        joined.add(new Party(agent, head.id()));
      }
      boolean changed = head.changesStatus(state);
      TaskHead next = head.with(state, at);
      if (changed && head.doneId() == null) {
        next = event(next, "status", status(state, at));
        if (TaskHead.isFinal(state)) {
          next = event(next, "done", status(state, at)).done();
        }
      }
      return next;
    }

    private TaskHead event(TaskHead head, String name, JsonNode data) {
      TaskHead next = head.withStreamEvent();
      events.add(new StreamEvent(head.id(), next.streamId(), name, data.toString()));
      return next;
    }

    /// What was said, to the parties of each task as the whole batch has left it.
    List<Posted> posted() {
      return said.stream()
          .map(placed -> {
            Said one = placed.said();
            TaskState task = Objects.requireNonNull(head(one.message().taskId()).state());
            return new Posted(task, one.account(), placed.seq(), one.message());
          })
          .toList();
    }

    private TaskHead head(UUID task) {
      TaskHead head = heads.get(task);
      if (head == null) {
        throw new IllegalStateException("task " + task + " is not locked");
      }
      return head;
    }
  }

  /// The data of a `status` event.
  public JsonNode status(TaskState state, @Nullable Instant at) {
    ObjectNode data = json.createObjectNode();
    data.put("status", state.status());
    data.put("previousStatus", state.previousStatus());
    data.set("timestamp", json.valueToTree(at));
    return data;
  }
}
