package dev.earnest.messaging.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.problem.Words;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.domain.ParkedEvent;
import dev.earnest.messaging.domain.ParkedEvents;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Events that a service could not handle, for the admins who mend the cause and replay them.
@Path("/api/v1/admin/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dead letters")
@RolesAllowed("admin")
@RunOnVirtualThread
@Idempotent
@RequiresScope(value = Scope.TASKS_READ, wholeAccount = true)
public class DeadLetterResource {
  private static final int PAGE = 20;
  private static final int LONGEST_WORD = 200;

  private final ParkedEvents parked;
  private final Cursors cursors;

  DeadLetterResource(ParkedEvents parked, Cursors cursors) {
    this.parked = parked;
    this.cursors = cursors;
  }

  /// A dead letter. `service` could not handle the event `eventId` of `type`, which stands in `topic`
  /// under `key`; `reason` says why, at the last of `attempts` replays. `state` is PARKED, REPLAYING or
  /// REPLAYED; a replayed one that the state of things did not want says so in `refused`. `data` is
  /// shown of one alone: its value, at most 100,000 characters, null once its task is deleted.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DeadLetterView(
      UUID id,
      String state,
      String service,
      String topic,
      String key,
      UUID eventId,
      String type,
      String subject,
      Instant occurredAt,
      Instant parkedAt,
      String reason,
      int attempts,
      @Nullable Instant askedAt,
      @Nullable Instant replayedAt,
      @Nullable String refused,
      @Nullable String data) {
    static DeadLetterView of(ParkedEvent event) {
      return of(event, null);
    }

    static DeadLetterView withData(ParkedEvent event) {
      return of(event, event.data());
    }

    private static DeadLetterView of(ParkedEvent event, @Nullable String data) {
      return new DeadLetterView(
          event.id(),
          event.state().name(),
          event.service(),
          event.topic(),
          event.key(),
          event.eventId(),
          event.type(),
          event.subject(),
          event.occurredAt(),
          event.parkedAt(),
          event.reason(),
          event.attempts(),
          event.askedAt(),
          event.replayedAt(),
          event.refused(),
          data);
    }
  }

  public record DeadLettersAnswer(
      boolean success, List<DeadLetterView> deadLetters, @Nullable String nextCursor) {}

  public record DeadLetterAnswer(boolean success, DeadLetterView deadLetter) {}

  /// What services parked, newest first: `{success, deadLetters, nextCursor}`. 400 `bad_cursor`; 400
  /// for a filter longer than 200 characters; 403.
  ///
  /// @param service such as `escrow-service`
  /// @param topic such as `task.events`
  /// @param reason a part of it, in any case
  /// @param state PARKED, REPLAYING or REPLAYED, in any case; all when absent
  /// @param cursor `nextCursor` of the page before, of the same filters
  /// @param limit 1..100, 20 when absent
  @GET
  public DeadLettersAnswer list(
      @QueryParam("service") @Nullable String service,
      @QueryParam("topic") @Nullable String topic,
      @QueryParam("reason") @Nullable String reason,
      @QueryParam("state") @Nullable String state,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    ParkedEvents.Filter filter =
        new ParkedEvents.Filter(
            word("service", service),
            word("topic", topic),
            word("reason", reason),
            state == null ? null : Words.parse(ParkedEvent.State.class, "state", state));
    String list = "dead-letters/" + filter;
    int size = Cursors.limit(limit, PAGE);
    List<ParkedEvent> found = parked.page(filter, cursors.decode(list, cursor), size + 1);
    boolean more = found.size() > size;
    List<ParkedEvent> page = more ? found.subList(0, size) : found;
    return new DeadLettersAnswer(
        true,
        page.stream().map(DeadLetterView::of).toList(),
        more ? cursors.encode(list, page.getLast().id()) : null);
  }

  /// One of them, with its `data`: `{success, deadLetter}`. 403; 404.
  @GET
  @Path("/{id}")
  public DeadLetterAnswer get(@PathParam("id") String id) {
    return new DeadLetterAnswer(true, DeadLetterView.withData(parked.get(parse(id))));
  }

  /// Has its service handle it again → 202 `{success, deadLetter}`, REPLAYING. It ends REPLAYED, and
  /// what waits behind it follows in order; or PARKED again with the new reason. 403; 404; 409 with its
  /// state: `already_replayed`; `replay_under_way`, for ten minutes without an answer;
  /// `waits_behind_another` when an earlier one of its key is parked.
  @POST
  @Path("/{id}/replay")
  @RequiresScope(value = Scope.TASKS_WRITE, wholeAccount = true)
  @APIResponseSchema(value = DeadLetterAnswer.class, responseCode = "202")
  public RestResponse<DeadLetterAnswer> replay(@PathParam("id") String id) {
    DeadLetterView asked = DeadLetterView.of(parked.replay(parse(id)));
    return RestResponse.status(RestResponse.Status.ACCEPTED, new DeadLetterAnswer(true, asked));
  }

  private static @Nullable String word(String field, @Nullable String text) {
    if (text != null && (text.length() > LONGEST_WORD || text.indexOf('\0') >= 0)) {
      throw Refusal.invalid(
          field, "must be at most " + LONGEST_WORD + " characters, NUL not among them");
    }
    return text;
  }

  private static UUID parse(String id) {
    return Ids.parse(id, "dead letter");
  }
}
