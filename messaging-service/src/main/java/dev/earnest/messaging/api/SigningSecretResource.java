package dev.earnest.messaging.api;

import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.domain.SigningSecrets;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What signs the webhooks that go to the callback URLs of an account's tasks, and to its agents
/// without a secret of their own.
@Path("/api/v1/webhooks/signing-secret")
@Tag(name = "webhooks")
@RunOnVirtualThread
@Idempotent
@RequiresScope(value = Scope.WEBHOOKS_WRITE, wholeAccount = true)
public class SigningSecretResource {
  private final CurrentCaller caller;
  private final SigningSecrets secrets;

  SigningSecretResource(CurrentCaller caller, SigningSecrets secrets) {
    this.caller = caller;
    this.secrets = secrets;
  }

  public record Answer(boolean success, String secret) {}

  /// The secret (`whsec_…`, Standard Webhooks). It is made when it is first asked for or needed, and
  /// may be read again.
  @GET
  public Answer get() {
    return new Answer(true, secrets.of(caller.get().account()));
  }

  /// A new one; for 24 hours every webhook carries two signatures, one by it and one by the secret
  /// before.
  @POST
  @Path("/rotate-secret")
  public Answer rotate() {
    return new Answer(true, secrets.rotate(caller.get().account()));
  }
}
