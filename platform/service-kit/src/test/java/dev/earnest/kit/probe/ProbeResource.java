package dev.earnest.kit.probe;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.earnest.kit.event.Topics;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.IllegalMove;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Endpoints as services have them, to run into all that can go wrong before a service is reached.
@Path("/api/v1/probe")
@RunOnVirtualThread
public class ProbeResource {
  private final Tables tables;
  private final CurrentCaller caller;
  private final Gate gate;

  public ProbeResource(Tables tables, CurrentCaller caller, Gate gate) {
    this.tables = tables;
    this.caller = caller;
    this.gate = gate;
  }

  public enum Colour {
    RED,
    GREEN
  }

  public record Inner(@JsonAlias("label") @NotNull @Size(max = 5) String name) {}

  public record Body(
      @NotNull @Size(max = 20) String text,
      @Nullable Colour colour,
      @Nullable Integer count,
      @Nullable BigDecimal amount,
      @Valid @Nullable List<Inner> inners) {}

  @POST
  public Map<String, Object> post(@NotNull @Valid Body body) {
    tables.lock(body.text());
    return body.amount() == null
        ? Map.of("text", body.text())
        : Map.of("amount", Money.positive("amount", body.amount(), null).decimal());
  }

  @GET
  public Map<String, Object> get(@QueryParam("limit") @Nullable Integer limit) {
    return Map.of("account", caller.get().account(), "limit", limit == null ? 0 : limit);
  }

  @GET
  @Path("/admin")
  @RolesAllowed("admin")
  public Map<String, Object> admin() {
    return Map.of();
  }

  @GET
  @Path("/scoped")
  @RequiresScope(Scope.WALLET_READ)
  public Map<String, Object> scoped() {
    return Map.of();
  }

  @GET
  @Path("/whole")
  @RequiresScope(value = Scope.TASKS_READ, wholeAccount = true)
  public Map<String, Object> whole() {
    return Map.of();
  }

  @GET
  @Path("/illegal")
  public Map<String, Object> illegal() {
    throw new IllegalMove("wrong_state", "COMPLETED", "It is over.");
  }

  @GET
  @Path("/broken")
  public Map<String, Object> broken() {
    throw new IllegalStateException("a secret of our inside");
  }

  /// Answers when the gate is opened.
  @GET
  @Path("/held")
  public Map<String, Object> held() throws InterruptedException {
    gate.pass();
    return Map.of();
  }

  @POST
  @Path("/notes/{key}")
  public Map<String, Object> note(@PathParam("key") String key) {
    tables.change(key, new Noted(key, 1, "handle", Topics.MESSAGE));
    return Map.of();
  }
}
