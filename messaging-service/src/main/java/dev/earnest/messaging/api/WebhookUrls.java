package dev.earnest.messaging.api;

import dev.earnest.kit.problem.FieldError;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.OutboundGuard;
import dev.earnest.kit.security.OutboundGuard.Forbidden;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Addresses that webhooks may be sent to, as far as their text tells; what their names resolve to
/// is checked at each attempt.
@ApplicationScoped
class WebhookUrls {
  private final OutboundGuard guard;

  WebhookUrls(@ConfigProperty(name = "earnest.local") boolean local) {
    this.guard = new OutboundGuard(local, WebhookUrls::neverResolve);
  }

  /// @throws Refusal 422 `webhook_url_forbidden` when it can never be a receiver
  String check(String url) {
    try {
      guard.checkForm(url);
      return url;
    } catch (Forbidden forbidden) {
      String detail = String.valueOf(forbidden.getMessage());
      throw new Refusal(
          422, "webhook_url_forbidden", "url: " + detail, List.of(new FieldError("url", detail)));
    }
  }

  private static List<InetAddress> neverResolve(String name) throws UnknownHostException {
    throw new UnknownHostException(name);
  }
}
