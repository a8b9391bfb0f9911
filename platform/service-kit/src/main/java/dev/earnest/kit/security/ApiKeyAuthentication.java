package dev.earnest.kit.security;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets a request in by an API key: `Authorization: Bearer ek_…`, or `x-api-key`. Whatever else is in
/// the Authorization header is a JWT's business.
public final class ApiKeyAuthentication {
  /// Where the identity keeps the key.
  static final String KEY = "earnest.api-key";

  private static final String BEARER = "bearer ";
  private static final String X_API_KEY = "x-api-key";

  private ApiKeyAuthentication() {}

  /// The key that a request carries.
  static @Nullable String keyOf(RoutingContext request) {
    @Nullable String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      String token = header.substring(BEARER.length()).strip();
      return token.startsWith(ApiKey.PREFIX) ? token : null;
    }
    return header == null ? request.request().getHeader(X_API_KEY) : null;
  }

  static final class Request extends BaseAuthenticationRequest {
    private final String key;

    Request(String key) {
      this.key = key;
    }
  }

  @ApplicationScoped
  static class Mechanism implements HttpAuthenticationMechanism {
    @Override
    public Uni<SecurityIdentity> authenticate(
        RoutingContext request, IdentityProviderManager identities) {
      @Nullable String key = keyOf(request);
      return key == null ? Uni.createFrom().nullItem() : identities.authenticate(new Request(key));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
      return Uni.createFrom()
          .item(
              new ChallengeData(
                  HttpResponseStatus.UNAUTHORIZED.code(),
                  HttpHeaderNames.WWW_AUTHENTICATE,
                  "Bearer realm=\"earnest\""));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
      return Set.of(Request.class);
    }

    /// Before that of JWTs, which would refuse what is none.
    @Override
    public int getPriority() {
      return DEFAULT_PRIORITY + 1;
    }
  }

  @ApplicationScoped
  static class Provider implements IdentityProvider<Request> {
    private final ApiKeys keys;
    private final ApiKeyUses uses;
    private final InstantSource clock;

    Provider(ApiKeys keys, ApiKeyUses uses, InstantSource clock) {
      this.keys = keys;
      this.uses = uses;
      this.clock = clock;
    }

    @Override
    public Class<Request> getRequestType() {
      return Request.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
        Request request, AuthenticationRequestContext context) {
      return context.runBlocking(() -> identity(request.key));
    }

    private SecurityIdentity identity(String sent) {
      ApiKey key =
          keys.find(sent)
              .filter(known -> known.isGood(clock.instant()))
              .orElseThrow(AuthenticationFailedException::new);
      uses.note(key.id());
      QuarkusSecurityIdentity.Builder identity =
          QuarkusSecurityIdentity.builder()
              .setPrincipal(new QuarkusPrincipal(key.account()))
              .addAttribute(KEY, key);
      key.roles().forEach(role -> identity.addRole(role.name().toLowerCase(Locale.ROOT)));
      return identity.build();
    }
  }
}
