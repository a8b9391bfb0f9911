package dev.earnest.task.api.v1;

import static java.util.Objects.requireNonNull;

import dev.earnest.kit.problem.IllegalMove;
import dev.earnest.task.domain.Command;
import dev.earnest.task.domain.Delivery;
import dev.earnest.task.domain.Hiring;
import dev.earnest.task.domain.Lifecycle;
import dev.earnest.task.domain.Mode;
import dev.earnest.task.domain.Review;
import dev.earnest.task.domain.Ruling;
import dev.earnest.task.domain.Standing;
import dev.earnest.task.domain.TaskState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a task should answer to whom, and where it should stand: the table of [Lifecycle], who may
/// see a task (404) and who may do what to it (403). It knows nothing of time: the clock stands
/// still.
final class LifecycleModel {
  /// Who calls. SYSTEM is what the other services say of money and disputes.
  enum Who {
    BUYER,
    OWNER,
    RIVAL,
    STRANGER,
    ADMIN,
    SYSTEM;

    boolean hasAgent() {
      return this == OWNER || this == RIVAL;
    }
  }

  /// Whose a move is: the task's buyer's, its agent's, everybody's by rules of its own, or that of
  /// the other services.
  enum Part {
    BUYER,
    AGENT,
    SPECIAL,
    SYSTEM
  }

  enum Kind {
    READ(Part.SPECIAL),
    CLAIM(Part.SPECIAL),
    RETRY(Part.SPECIAL),
    REASSIGN(Part.BUYER),
    GIVE_INPUT(Part.BUYER),
    HOLD(Part.BUYER),
    RESUME(Part.BUYER),
    APPROVE(Part.BUYER),
    REQUEST_REVISION(Part.BUYER),
    CANCEL(Part.BUYER),
    RELEASE(Part.AGENT),
    REQUEST_INPUT(Part.AGENT),
    PROGRESS(Part.AGENT),
    HEARTBEAT(Part.AGENT),
    ARTIFACTS(Part.AGENT),
    DELIVER(Part.AGENT),
    COMPLETE(Part.AGENT),
    FAIL(Part.AGENT),
    FUND(Part.SYSTEM),
    DISPUTE(Part.SYSTEM),
    REDELIVER(Part.SYSTEM),
    REFUND(Part.SYSTEM),
    PAY(Part.SYSTEM),
    SPLIT(Part.SYSTEM);

    final Part part;

    Kind(Part part) {
      this.part = part;
    }
  }

  /// @param to whose agent a reassignment names
  /// @param attempt that an agent says it works on; null where it says none
  record Move(Kind kind, Who by, Who to, @Nullable Integer attempt) {}

  /// @param code of the problem; null where all is well or no matter
  /// @param state in the problem, where the task's state is what forbids the move
  record Answer(int status, @Nullable String code, @Nullable TaskState state) {
    static final Answer FORBIDDEN = new Answer(403, "forbidden", null);
    static final Answer NOT_FOUND = new Answer(404, "not_found", null);

    static Answer ok(int status) {
      return new Answer(status, null, null);
    }

    static Answer conflict(String code) {
      return new Answer(409, code, null);
    }

    boolean isOk() {
      return status < 300;
    }
  }

  private static final UUID ID = UUID.fromString("0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69");

  final Mode mode;
  final Review review;
  final boolean free;
  TaskState state = TaskState.PENDING;
  boolean funded;
  @Nullable Who agent;
  int attempt;
  int revisions;
  private @Nullable Hiring hiring;
  private boolean delivered;
  private boolean submitted;
  private final Set<Who> former = EnumSet.noneOf(Who.class);

  LifecycleModel(Mode mode, Review review, boolean free) {
    this.mode = mode;
    this.review = review;
    this.free = free;
    agent = mode == Mode.DIRECT ? Who.OWNER : null;
    if (free) {
      fund();
    }
  }

  Answer answer(Move move) {
    return switch (move.kind().part) {
      case SYSTEM -> decided(move);
      case BUYER -> byBuyer(move);
      case AGENT -> byAgent(move);
      case SPECIAL ->
          switch (move.kind()) {
            case READ -> isVisible(move.by()) ? Answer.ok(200) : Answer.NOT_FOUND;
            case CLAIM -> claim(move);
            default -> retry(move);
          };
    };
  }

  private Answer byBuyer(Move move) {
    if (!isVisible(move.by())) {
      return Answer.NOT_FOUND;
    }
    if (move.by() != Who.BUYER) {
      return Answer.FORBIDDEN;
    }
    Answer answer = decided(move);
    boolean same = move.kind() == Kind.REASSIGN && move.to() == agent;
    return same && answer.isOk() ? Answer.conflict("same_agent") : answer;
  }

  private Answer byAgent(Move move) {
    if (move.by() != agent) {
      if (former.contains(move.by())) {
        return Answer.conflict("stale_attempt");
      }
      return isVisible(move.by()) ? Answer.FORBIDDEN : Answer.NOT_FOUND;
    }
    if (move.attempt() != null && move.attempt() != attempt) {
      return Answer.conflict("stale_attempt");
    }
    return decided(move);
  }

  /// Whoever claims too late hears so; what never was up for claims does not exist for others.
  private Answer claim(Move move) {
    if (!move.by().hasAgent()) {
      return isVisible(move.by()) ? Answer.FORBIDDEN : Answer.NOT_FOUND;
    }
    if (isClaimable()) {
      return decided(move);
    }
    boolean known = move.by() == agent || (mode == Mode.OPEN && funded);
    return known ? new Answer(409, "not_claimable", state) : Answer.NOT_FOUND;
  }

  private Answer retry(Move move) {
    if (!isVisible(move.by())) {
      return Answer.NOT_FOUND;
    }
    if (move.by() != Who.BUYER && move.by() != Who.ADMIN) {
      return Answer.FORBIDDEN;
    }
    return state.isFinal() ? Answer.ok(201) : new Answer(409, "not_over", state);
  }

  private Answer decided(Move move) {
    try {
      TaskState unused = Lifecycle.next(standing(), command(move));
      return Answer.ok(move.kind() == Kind.ARTIFACTS ? 201 : 200);
    } catch (IllegalMove refused) {
      return new Answer(409, refused.code(), state);
    }
  }

  /// Whether a move is legal and leaves the task unfinished.
  boolean goesOn(Move move) {
    return answer(move).isOk()
        && move.kind() != Kind.READ
        && move.kind() != Kind.RETRY
        && !Lifecycle.next(standing(), command(move)).isFinal();
  }

  /// What an answered move does.
  void follow(Move move) {
    if (move.kind() == Kind.READ || move.kind() == Kind.RETRY) {
      return;
    }
    state = Lifecycle.next(standing(), command(move));
    switch (move.kind()) {
      case CLAIM -> occupy(move.by(), Hiring.CLAIMED);
      case REASSIGN -> occupy(move.to(), Hiring.REASSIGNED);
      case RELEASE -> {
        former.add(requireNonNull(agent));
        agent = null;
        hiring = null;
        submitted = false;
      }
      case ARTIFACTS -> submitted = true;
      case DELIVER, COMPLETE -> delivered = true;
      case REQUEST_REVISION -> revisions++;
      case FUND -> fund();
      default -> {
        // Nothing but the state.
      }
    }
  }

  /// A funded hire starts: its agent has room.
  private void fund() {
    funded = true;
    if (mode == Mode.DIRECT) {
      state = TaskState.EXECUTING;
      occupy(Who.OWNER, Hiring.DIRECT);
    }
  }

  private void occupy(Who by, Hiring how) {
    if (agent != null && hiring != null && agent != by) {
      former.add(agent);
    }
    agent = by;
    hiring = how;
    attempt++;
    submitted = false;
  }

  private boolean isVisible(Who who) {
    return who == Who.ADMIN
        || who == Who.BUYER
        || who == agent
        || (who.hasAgent() && isClaimable());
  }

  private boolean isClaimable() {
    return funded && agent == null && state == TaskState.PENDING;
  }

  private Standing standing() {
    return new Standing(
        state,
        mode,
        review,
        funded,
        free,
        state.takesRoom() ? hiring : null,
        agent != null,
        delivered,
        submitted,
        revisions,
        true);
  }

  private static Command command(Move move) {
    return switch (move.kind()) {
      case CLAIM -> new Command.Assign(ID, "agent", Hiring.CLAIMED, 0);
      case REASSIGN -> new Command.Reassign(ID, "agent");
      case GIVE_INPUT -> new Command.GiveInput("!", "buyer", null);
      case HOLD -> new Command.Hold();
      case RESUME -> new Command.Resume();
      case APPROVE -> new Command.Approve(5, null, false);
      case REQUEST_REVISION -> new Command.RequestRevision(null);
      case CANCEL -> new Command.Cancel("");
      case RELEASE -> new Command.ReleaseClaim();
      case REQUEST_INPUT -> new Command.RequestInput("?");
      case PROGRESS -> new Command.Progress(1, null, null);
      case HEARTBEAT -> new Command.Heartbeat();
      case ARTIFACTS -> new Command.SubmitArtifacts(List.of());
      case DELIVER, COMPLETE ->
          new Command.Deliver(new Delivery("", null, List.of(), Instant.EPOCH));
      case FAIL -> new Command.Fail("");
      case FUND -> new Command.Fund();
      case DISPUTE -> new Command.Dispute(ID, "buyer");
      case REDELIVER -> new Command.Redeliver(ID);
      case REFUND -> rule(Ruling.Resolution.REFUND_BUYER);
      case PAY -> rule(Ruling.Resolution.RELEASE_TO_AGENT);
      case SPLIT -> rule(Ruling.Resolution.SPLIT);
      case READ, RETRY -> throw new IllegalArgumentException(move + " is no command");
    };
  }

  private static Command rule(Ruling.Resolution resolution) {
    return new Command.Rule(new Ruling(ID, resolution, BigDecimal.TEN));
  }
}
