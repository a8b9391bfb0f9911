package dev.earnest.messaging.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.security.KnownTeams;
import dev.earnest.messaging.domain.Agents.Agent;
import dev.earnest.messaging.domain.Announcement.Audience;
import dev.earnest.messaging.domain.Notification.Way;
import dev.earnest.messaging.domain.Preferences.Off;
import dev.earnest.messaging.domain.WebhookEndpoints.Address;
import dev.earnest.messaging.domain.WebhookEndpoints.Subscribed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who is told what: a task's callback URL its turns, the agent's own address what concerns its
/// work, and a subscription what it asks for of the tasks that its owner may see.
@ApplicationScoped
class WebhookRecipients {
  private static final String MOVED = "task.moved";
  private static final Set<String> WORK_BEGINS = Set.of("task.assigned", "task.claimed");

  private final WebhookEndpoints endpoints;
  private final Agents agents;
  private final WebhookBody bodies;
  private final Briefs briefs;
  private final Preferences preferences;
  private final KnownTeams teams;
  private final ObjectMapper json;

  WebhookRecipients(
      WebhookEndpoints endpoints,
      Agents agents,
      WebhookBody bodies,
      Briefs briefs,
      Preferences preferences,
      KnownTeams teams,
      ObjectMapper json) {
    this.endpoints = endpoints;
    this.agents = agents;
    this.bodies = bodies;
    this.briefs = briefs;
    this.preferences = preferences;
    this.teams = teams;
    this.json = json;
  }

  /// Something that webhooks are told of.
  ///
  /// @param state the task as it is by then; null while task-service has not spoken of it
  /// @param before its status until then
  record Notice(
      UUID task,
      @Nullable TaskState state,
      @Nullable String before,
      Instant at,
      Announcement announcement) {
    /// Its types for subscriptions; on a team's board also that the task has moved.
    private List<String> types() {
      List<String> types = announcement.toSubscribers();
      if (state == null || state.team() == null || before == null) {
        return types;
      }
      if (DoorWords.board(before).equals(DoorWords.board(state.status()))) {
        return types;
      }
      List<String> all = new ArrayList<>(types);
      all.add(MOVED);
      return all.stream().distinct().toList();
    }

    private Notice with(ObjectNode brief) {
      return new Notice(task, state, before, at, announcement.with(brief));
    }

    /// @param members of the teams whose tasks there is news of
    private Set<String> accounts(Map<UUID, List<String>> members) {
      Set<String> accounts = new LinkedHashSet<>();
      switch (announcement.audience()) {
        case Audience.Only(List<String> only) -> accounts.addAll(only);
        case Audience.Everybody(List<String> also) -> {
          accounts.addAll(also);
          if (state != null) {
            accounts.add(state.buyer());
            accounts.addAll(state.assignees());
            accounts.addAll(state.followers());
            if (state.agentAccount() != null) {
              accounts.add(state.agentAccount());
            }
            if (state.team() != null) {
              accounts.addAll(members.getOrDefault(UUID.fromString(state.team()), List.of()));
            }
          }
        }
      }
      return accounts;
    }
  }

  record Planned(UUID endpoint, String owner, @Nullable UUID task, String type, String body) {}

  /// Deliveries in the order of what was told.
  List<Planned> plan(List<Told> told) {
    List<Notice> notices = told.stream().flatMap(this::notices).toList();
    if (notices.isEmpty()) {
      return List.of();
    }
    Map<UUID, Agent> known =
        agents.find(
            notices.stream()
                .map(notice -> notice.state() == null ? null : notice.state().agent())
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    Map<UUID, List<String>> members =
        teams.members(
            notices.stream()
                .map(notice -> notice.state() == null ? null : notice.state().team())
                .filter(Objects::nonNull)
                .map(UUID::fromString)
                .collect(Collectors.toSet()));
    List<Addressed> addressed =
        notices.stream().map(one -> new Addressed(one, known, members)).toList();
    Map<Address, UUID> enabled =
        endpoints.enabled(
            addressed.stream().flatMap(one -> one.addresses().stream()).distinct().toList());
    Map<String, List<Subscribed>> subscribed =
        endpoints
            .subscribed(
                addressed.stream()
                    .flatMap(one -> one.accounts.stream())
                    .collect(Collectors.toSet()))
            .stream()
            .collect(Collectors.groupingBy(Subscribed::owner));
    Set<Off> off = preferences.off(subscribed.keySet());
    Map<UUID, ObjectNode> work =
        briefs.find(
            addressed.stream()
                .filter(Addressed::beginsWork)
                .map(one -> one.notice.task())
                .toList());
    List<Planned> planned = new ArrayList<>();
    addressed.forEach(one -> one.plan(enabled, subscribed, off, work, planned));
    return planned;
  }

  /// What one thing that was heard is to webhooks: the message that came with it, and the news of the
  /// task, where it is news.
  private Stream<Notice> notices(Told told) {
    Heard heard = told.heard();
    @Nullable TaskState before = told.before().state();
    @Nullable String statusBefore = before == null ? null : before.status();
    Stream.Builder<Announcement> all = Stream.builder();
    if (heard.said() != null) {
      Message message = heard.said().message();
      boolean toAgent = message.senderRole() == SenderRole.BUYER;
      all.add(
          Announcement.beside(
              WebhookEvents.MESSAGE_CREATED,
              toAgent,
              Announcement.everybody(),
              "message",
              json.valueToTree(message)));
    }
    if (heard.announcement() != null
        && (heard.state() == null || told.before().isNews(heard.state()))) {
      all.add(heard.announcement());
    }
    return all.build()
        .map(announcement ->
            new Notice(heard.task(), told.after().state(), statusBefore, heard.at(), announcement));
  }

  private final class Addressed {
    private final Notice notice;
    private final @Nullable Agent agent;
    private final @Nullable Address callback;
    private final @Nullable Address ofAgent;
    private final Set<String> accounts;

    Addressed(Notice notice, Map<UUID, Agent> known, Map<UUID, List<String>> members) {
      this.notice = notice;
      TaskState state = notice.state();
      this.agent = state == null || state.agent() == null ? null : known.get(state.agent());
      this.callback =
          state == null || state.callbackUrl() == null || notice.announcement().toCallback() == null
              ? null
              : new Address(WebhookKind.CALLBACK, state.buyer(), null, state.callbackUrl());
      this.ofAgent =
          agent == null || agent.webhookUrl() == null || notice.announcement().toAgent() == null
              ? null
              : new Address(WebhookKind.AGENT, agent.account(), agent.id(), agent.webhookUrl());
      this.accounts = notice.accounts(members);
    }

    List<Address> addresses() {
      List<Address> all = new ArrayList<>(2);
      if (callback != null) {
        all.add(callback);
      }
      if (ofAgent != null) {
        all.add(ofAgent);
      }
      return all;
    }

    void plan(
        Map<Address, UUID> enabled,
        Map<String, List<Subscribed>> subscribed,
        Set<Off> off,
        Map<UUID, ObjectNode> work,
        List<Planned> planned) {
      address(callback, notice, notice.announcement().toCallback(), enabled, planned);
      @Nullable ObjectNode brief = beginsWork() ? work.get(notice.task()) : null;
      Notice toAgent = brief == null ? notice : notice.with(brief);
      address(ofAgent, toAgent, notice.announcement().toAgent(), enabled, planned);
      List<Subscribed> told =
          accounts.stream()
              .flatMap(account -> subscribed.getOrDefault(account, List.of()).stream())
              .toList();
      if (told.isEmpty()) {
        return;
      }
      for (String type : notice.types()) {
        String body = bodies.of(type, notice, agent, false);
        for (Subscribed one : told) {
          Off unwanted = new Off(one.owner(), WebhookEvents.category(type), Way.WEBHOOK);
          if (WebhookEvents.wanted(one.events(), type) && !off.contains(unwanted)) {
            planned.add(new Planned(one.id(), one.owner(), notice.task(), type, body));
          }
        }
      }
    }

    /// Whether it tells an agent to begin.
    boolean beginsWork() {
      String type = notice.announcement().toAgent();
      return ofAgent != null && type != null && WORK_BEGINS.contains(type);
    }

    private void address(
        @Nullable Address address,
        Notice said,
        @Nullable String type,
        Map<Address, UUID> enabled,
        List<Planned> planned) {
      @Nullable UUID endpoint = address == null ? null : enabled.get(address);
      if (address != null && type != null && endpoint != null) {
        String body = bodies.of(type, said, agent, address.kind() == WebhookKind.CALLBACK);
        planned.add(new Planned(endpoint, address.owner(), said.task(), type, body));
      }
    }
  }
}
