package dev.earnest.task.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.earnest.kit.event.DomainEvent;
import dev.earnest.kit.json.JsonRules;
import dev.earnest.kit.money.Money;
import dev.earnest.testkit.Contracts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What task-service tells keeps the contracts, event by event, as the task itself makes them.
class TaskEventContractTest {
  private static final Instant NOW = Instant.parse("2026-03-11T10:30:00Z");
  private static final UUID ID = UUID.fromString("0199f1d9-4200-7f0a-a1b2-c3d4e5f60718");
  private static final Delivery DELIVERY =
      new Delivery(
          "done",
          null,
          List.of(new Delivery.Artifact(ID, "CODE", "Source", "https://git.example/x", null)),
          NOW);
  private static final Command CLAIM =
      new Command.Assign(ID, "agent-1", Hiring.CLAIMED, 40_000_000);

  private final ObjectMapper json = JsonMapper.builder().addModule(new JavaTimeModule()).build();
  private final List<DomainEvent> told = new ArrayList<>();

  TaskEventContractTest() {
    new JsonRules().customize(json);
  }

  @Test
  void everyEventKeepsItsContract() throws JsonProcessingException {
    // One life each, so that every kind of event is told at least once.
    hire(
        new Command.Progress(45, "Schema designed", "implementation"),
        new Command.RequestInput("Which database?"),
        new Command.GiveInput("PostgreSQL", "buyer-1", null),
        new Command.SubmitArtifacts(DELIVERY.artifacts()),
        new Command.Hold(),
        new Command.Resume(),
        new Command.Deliver(DELIVERY),
        new Command.RequestRevision("More tests"),
        new Command.TimeOut(),
        new Command.Approve(5, "Good", false));
    hire(new Command.Fail("out of ideas"));
    hire(new Command.Dispute(ID, "buyer-1"), new Command.Redeliver(ID));
    hire(
        new Command.Dispute(ID, "buyer-1"),
        new Command.Rule(
            new Ruling(ID, Ruling.Resolution.REFUND_BUYER, new BigDecimal("33.333333"))));
    life(Mode.DIRECT, new Command.Match(), new Command.Expire("no_agent_found"));
    life(Mode.OPEN, CLAIM, new Command.ReleaseClaim());
    hire(new Command.AddInput("And in French", "buyer-1", json.createArrayNode().add("a.pdf")));
    life(
        Mode.OPEN,
        new Command.Share(List.of("jane@example.com"), List.of("cto@example.com")),
        new Command.GiveFeedback(Labels.Feedback.LIKE));
    for (Mode mode : Mode.values()) {
      life(mode);
    }
    dispute(life(Mode.OPEN, CLAIM));
    proposals(life(Mode.OPEN, CLAIM));

    Set<Class<?>> kinds = new HashSet<>();
    Set<String> types = new HashSet<>();
    for (DomainEvent event : told) {
      kinds.add(event.getClass());
      types.add(event.type());
      assertThat(event.topic()).isEqualTo("task.events");
      Contracts.assertKept(event.type(), json.writeValueAsString(event));
    }
    assertThat(kinds).containsAll(kindsOfEvents());
    assertThat(types)
        .contains("earnest.task.failed.v1", "earnest.task.cancelled.v1", "earnest.task.expired.v1");
  }

  @Test
  void anAgentsWholeStateKeepsItsContract() throws JsonProcessingException {
    AgentChanged changed = agent().changed();
    assertThat(changed.topic()).isEqualTo("identity.events");
    Contracts.assertKept(changed.type(), json.writeValueAsString(changed));
  }

  @Test
  void aTeamsWholeStateKeepsItsContract() throws JsonProcessingException {
    TeamChanged changed = new TeamChanged(ID, "Research", List.of("jane", "bob"), 2);
    assertThat(changed.topic()).isEqualTo("identity.events");
    Contracts.assertKept(changed.type(), json.writeValueAsString(changed));
  }

  private static List<Class<?>> kindsOfEvents() {
    return Arrays.stream(TaskEvent.class.getPermittedSubclasses())
        .filter(DomainEvent.class::isAssignableFrom)
        .<Class<?>>map(kind -> kind)
        .toList();
  }

  private void hire(Command... commands) {
    Command assign = new Command.Assign(ID, "agent-1", Hiring.DIRECT, 50_000_000);
    List<Command> all = new ArrayList<>(List.of(assign));
    all.addAll(List.of(commands));
    life(Mode.DIRECT, all.toArray(Command[]::new));
  }

  private Task life(Mode mode, Command... commands) {
    Task task = new Task(ID, wanted(mode), null, new Defaults(), NOW);
    told.add(task.created(json.createObjectNode(), null));
    told.addAll(task.handle(new Command.Fund(), new Defaults(), NOW));
    for (Command command : commands) {
      told.addAll(task.handle(command, new Defaults(), NOW));
    }
    return task;
  }

  /// Proposals, and what is told because somebody asks, are put together outside the aggregate.
  private void proposals(Task task) {
    TaskSnapshot snapshot = task.snapshot();
    told.add(
        new TaskEvent.ProposalMade(
            snapshot, ID, ID, "agent-1", BigDecimal.TEN, "USDC", new BigDecimal("12.5")));
    told.add(new TaskEvent.ProposalWithdrawn(snapshot, ID, ID, "agent-1"));
    told.add(new TaskEvent.ProposalDeclined(snapshot, ID, ID, "agent-1", "another_accepted"));
    told.add(new TaskEvent.Deleted(snapshot));
    told.add(
        new TaskEvent.StateReported(
            snapshot, null, "agent-1", BigDecimal.TEN, "USDC", task.ruling()));
  }

  /// The two answers to a dispute are put together outside the aggregate.
  private void dispute(Task task) {
    told.add(
        new TaskEvent.Disputed(
            task.snapshot(),
            ID,
            "buyer-1",
            new TaskEvent.Brief(
                "CRUD", json.createObjectNode(), BigDecimal.TEN, BigDecimal.ONE, "USDC"),
            List.of(DELIVERY),
            List.of(new TaskEvent.FormerAgent(ID, "agent-0")),
            List.of("agent-2")));
    told.add(new TaskEvent.DisputeRefused(task.snapshot(), ID, "buyer-1", "The task is over."));
  }

  private static NewTask wanted(Mode mode) {
    Brief brief =
        new Brief(
            "Title", "Text", Category.CODING, null, null, List.of("Java"), null, Priority.NORMAL);
    Money budget = new Money(50_000_000, Money.USDC);
    return new NewTask(
        "buyer-1",
        brief,
        mode,
        Review.BUYER,
        budget,
        null,
        null,
        3,
        null,
        null,
        NewTask.Work.NONE,
        null,
        Sharing.NOBODY,
        Labels.NONE,
        null);
  }

  private static Agent agent() {
    AgentProfile profile =
        new AgentProfile(
            "agent-1",
            "Ada",
            null,
            null,
            "Writes code",
            List.of(Category.CODING),
            List.of(),
            Money.zero(Money.USDC),
            Agent.PricingModel.PER_TASK,
            "https://agent.example/hook",
            null,
            10,
            true);
    return new Agent(ID, profile, null, "sealed", NOW);
  }

  private record Defaults() implements Windows {
    @Override
    public Duration open() {
      return Duration.ofDays(30);
    }

    @Override
    public Duration proposals() {
      return Duration.ofSeconds(60);
    }

    @Override
    public Duration longestProposals() {
      return Duration.ofDays(30);
    }

    @Override
    public Duration matchRetry() {
      return Duration.ofSeconds(2);
    }

    @Override
    public Duration longestWait() {
      return Duration.ofSeconds(60);
    }

    @Override
    public Duration lease() {
      return Duration.ofMinutes(15);
    }

    @Override
    public Duration delivery() {
      return Duration.ofDays(7);
    }

    @Override
    public Duration review() {
      return Duration.ofHours(48);
    }

    @Override
    public Duration disputeGrace() {
      return Duration.ofMinutes(2);
    }

    @Override
    public Duration matching() {
      return Duration.ofMinutes(10);
    }

    @Override
    public Duration pause() {
      return Duration.ofDays(7);
    }
  }
}
