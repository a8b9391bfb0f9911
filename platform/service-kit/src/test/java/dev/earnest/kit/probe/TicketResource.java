package dev.earnest.kit.probe;

import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.problem.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes something new, with a secret in its answer, each time it is asked.
@Path("/api/v1/tickets")
@RunOnVirtualThread
@Idempotent
public class TicketResource {
  private final Tables tables;

  public TicketResource(Tables tables) {
    this.tables = tables;
  }

  public record Wish(@NotNull String text, @Nullable Integer count) {}

  public record Ticket(String text, String secret) {}

  @POST
  @Path("/{key}")
  public Ticket ticket(@PathParam("key") String key, @Valid @NotNull Wish wish) {
    return new Ticket(wish.text(), tables.ticket(key, UUID.randomUUID().toString()));
  }

  @POST
  @Path("/{key}/created")
  public Response created(@PathParam("key") String key, @Valid @NotNull Wish wish) {
    return Response.status(201).entity(ticket(key, wish)).build();
  }

  @POST
  @Path("/{key}/refused")
  public Ticket refused(@PathParam("key") String key) {
    tables.ticket(key, "never seen");
    throw Refusal.conflict("no", "Not now.");
  }
}
