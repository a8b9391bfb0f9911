package dev.earnest.task.api;

import dev.earnest.kit.problem.FieldError;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.OutboundGuard;
import dev.earnest.kit.security.OutboundGuard.Forbidden;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Addresses that webhooks may be sent to, as far as their text tells; messaging-service checks
/// what their names resolve to when it sends.
@ApplicationScoped
public class CallbackUrls {
  private final OutboundGuard guard;

  CallbackUrls(@ConfigProperty(name = "earnest.local") boolean local) {
    this.guard = new OutboundGuard(local, CallbackUrls::neverResolve);
  }

  /// @throws Refusal 422 `webhook_url_forbidden` when it can never be a receiver
  public @Nullable String check(String field, @Nullable String url) {
    if (url == null) {
      return null;
    }
    try {
      guard.checkForm(url);
      return url;
    } catch (Forbidden forbidden) {
      String detail = String.valueOf(forbidden.getMessage());
      throw new Refusal(
          422,
          "webhook_url_forbidden",
          field + ": " + detail,
          List.of(new FieldError(field, detail)));
    }
  }

  private static List<InetAddress> neverResolve(String name) throws UnknownHostException {
    throw new UnknownHostException(name);
  }
}
