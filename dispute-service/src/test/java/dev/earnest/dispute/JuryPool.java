package dev.earnest.dispute;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Those who would sit on juries during one test; afterwards they would no more.
public final class JuryPool implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "earnest.agent.changed.v1";
  private static final String TEAM = "earnest.team.changed.v1";

  private final List<Agent> agents = new ArrayList<>();
  private final List<String> teams = new ArrayList<>();

  private record Agent(UUID id, String account, @Nullable String team, String status) {}

  /// New accounts, each with an agent that opted in.
  public static List<String> accounts(int count) {
    return Stream.generate(() -> "juror-" + UUID.randomUUID()).limit(count).toList();
  }

  public static JuryPool of(List<String> accounts) {
    JuryPool pool = new JuryPool();
    accounts.forEach(account -> pool.add(account, null));
    return pool.known();
  }

  public JuryPool add(String account, @Nullable String team) {
    return add(account, team, "ACTIVE");
  }

  public JuryPool add(String account, @Nullable String team, String status) {
    Agent agent = new Agent(UUID.randomUUID(), account, team, status);
    agents.add(agent);
    publish(agent, true, 1);
    return this;
  }

  /// People who work together, with or without agents.
  public JuryPool team(String id, String... members) {
    try {
      ObjectNode event = (ObjectNode) JSON.readTree(Contracts.example(TEAM));
      event.put("id", id).put("version", 1).set("members", JSON.valueToTree(members));
      Contracts.assertKept(TEAM, event.toString());
      TestKafka.publish("identity.events", id, TEAM, event.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    teams.add(id);
    return this;
  }

  /// Waits until the service has heard of all of them.
  public JuryPool known() {
    teams.forEach(team -> await().atMost(Duration.ofSeconds(20)).until(() -> Known.team(team)));
    agents.forEach(agent -> awaitJuror(agent, !agent.status().equals("STOPPED")));
    return this;
  }

  @Override
  public void close() {
    agents.forEach(agent -> publish(agent, false, 2));
    agents.forEach(agent -> awaitJuror(agent, false));
  }

  private static void awaitJuror(Agent agent, boolean juror) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(25))
        .until(() -> Known.juror(agent.id()), Boolean.toString(juror)::equals);
  }

  private static void publish(Agent agent, boolean juror, int version) {
    try {
      ObjectNode event = (ObjectNode) JSON.readTree(Contracts.example(TYPE));
      event.put("id", agent.id().toString()).put("account", agent.account());
      event.put("team", agent.team()).put("status", agent.status());
      event.put("juror", juror).put("version", version);
      Contracts.assertKept(TYPE, event.toString());
      TestKafka.publish("identity.events", agent.id().toString(), TYPE, event.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
