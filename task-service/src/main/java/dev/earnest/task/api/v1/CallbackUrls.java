package dev.earnest.task.api.v1;

import dev.earnest.kit.problem.FieldError;
import dev.earnest.kit.problem.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Addresses that webhooks may be sent to, as far as their text tells; messaging-service checks
/// what they resolve to when it sends.
@ApplicationScoped
class CallbackUrls {
  private final boolean local;

  CallbackUrls(@ConfigProperty(name = "earnest.local") boolean local) {
    this.local = local;
  }

  /// @throws Refusal 422 `webhook_url_forbidden` unless it is https with a host and no user
  @Nullable String check(String field, @Nullable String url) {
    if (url == null) {
      return null;
    }
    URI uri = parse(field, url);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean allowed = scheme.equals("https") || (local && scheme.equals("http"));
    if (!allowed || uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw forbidden(field);
    }
    return url;
  }

  private static URI parse(String field, String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException _) {
      throw forbidden(field);
    }
  }

  private static Refusal forbidden(String field) {
    String detail = "must be an https URL with a host and without a user";
    return new Refusal(
        422, "webhook_url_forbidden", field + " " + detail, List.of(new FieldError(field, detail)));
  }
}
