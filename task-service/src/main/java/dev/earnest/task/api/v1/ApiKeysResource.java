package dev.earnest.task.api.v1;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.domain.KeyRing;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// API keys of the caller's account. A key can neither make nor revoke keys (403).
@Tag(name = Doors.MARKETPLACE)
@Path("/api/v1/api-keys")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.AGENTS_WRITE)
public class ApiKeysResource {
  private final KeyRing keys;
  private final CurrentCaller caller;
  private final InstantSource clock;

  ApiKeysResource(KeyRing keys, CurrentCaller caller, InstantSource clock) {
    this.keys = keys;
    this.caller = caller;
    this.clock = clock;
  }

  /// Makes a key. Its `key`, which begins with `ek_`, is shown this once; send it as
  /// `Authorization: Bearer …` or as `x-api-key`.
  ///
  /// Answers 201. Errors: 400, 403 for roles that the maker lacks, 404 for another's team, 409
  /// `too_many_keys` (100).
  @POST
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ApiKeyAnswer.class)))
  public RestResponse<ApiKeyAnswer> make(@Valid @NotNull MakeApiKey body) {
    KeyRing.Made made = keys.make(body.toNewKey(clock.instant()), caller.get());
    return RestResponse.status(
        RestResponse.Status.CREATED,
        new ApiKeyAnswer(true, ApiKeyAnswer.view(made.key()), made.secret()));
  }

  /// The keys that are not revoked, oldest first.
  @GET
  public ApiKeyAnswer.ApiKeyList list() {
    return new ApiKeyAnswer.ApiKeyList(
        true, keys.list(caller.get()).stream().map(ApiKeyAnswer::view).toList());
  }

  /// Revokes a key. Answers 204, also when it was revoked before.
  @DELETE
  @Path("/{id}")
  public void revoke(@PathParam("id") String id) {
    keys.revoke(Ids.parse(id, "API key"), caller.get());
  }
}
