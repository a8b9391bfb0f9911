package dev.earnest.kit.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.CurrentCaller;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Wraps the request's whole work and its answer in one transaction when it carries a key.
@Idempotent
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_AFTER)
class IdempotentInterceptor {
  private static final String HEADER = "Idempotency-Key";

  /// Set while the request's work runs: one resource method may call another.
  private static final String INSIDE = "earnest.idempotent";

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final Set<HttpMethod> CHANGING =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  private final IdempotencyKeys keys;
  private final CurrentCaller caller;
  private final RoutingContext current;
  private final ObjectMapper json;

  IdempotentInterceptor(
      IdempotencyKeys keys, CurrentCaller caller, RoutingContext current, ObjectMapper json) {
    this.keys = keys;
    this.caller = caller;
    this.current = current;
    this.json = json;
  }

  @AroundInvoke
  @Nullable Object once(InvocationContext call) throws Exception {
    HttpServerRequest request = current.request();
    @Nullable String key = request.getHeader(HEADER);
    if (key == null || !CHANGING.contains(request.method()) || current.get(INSIDE) != null) {
      return call.proceed();
    }
    current.put(INSIDE, true);
    if (!KEY.matcher(key).matches()) {
      throw Refusal.invalid(HEADER, "must be 1 to 255 visible ASCII characters");
    }
    IdempotencyKeys.Use use =
        new IdempotencyKeys.Use(
            caller.get().account(), request.method().name(), request.path(), key);
    byte[] bodyHash = hash(call.getParameters());
    return QuarkusTransaction.requiringNew().call(() -> once(use, bodyHash, call));
  }

  private @Nullable Object once(IdempotencyKeys.Use use, byte[] bodyHash, InvocationContext call)
      throws Exception {
    IdempotencyKeys.@Nullable Answer before = keys.begin(use, bodyHash);
    if (before != null) {
      throw new AnswerAgain(before);
    }
    @Nullable Object result = call.proceed();
    IdempotencyKeys.Answer answer =
        switch (result) {
          case Response first ->
              new IdempotencyKeys.Answer(first.getStatus(), text(first.getEntity()));
          case RestResponse<?> first ->
              new IdempotencyKeys.Answer(first.getStatus(), text(first.getEntity()));
          case null, default ->
              new IdempotencyKeys.Answer(Response.Status.OK.getStatusCode(), text(result));
        };
    if (answer.status() / 100 == 2) {
      keys.store(use, bodyHash, answer);
    }
    return result;
  }

  /// The request as the resource understood it: two bodies that mean the same are the same.
  private byte[] hash(Object[] parameters) throws JsonProcessingException {
    try {
      return MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(parameters));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no SHA-256", e);
    }
  }

  private String text(@Nullable Object entity) throws JsonProcessingException {
    return json.writeValueAsString(entity);
  }
}
