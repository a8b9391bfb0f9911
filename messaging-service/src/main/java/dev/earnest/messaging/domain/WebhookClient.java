package dev.earnest.messaging.domain;

import dev.earnest.kit.security.OutboundGuard;
import dev.earnest.kit.security.OutboundGuard.Forbidden;
import dev.earnest.kit.security.OutboundGuard.Target;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Posts to receivers that are not trusted: to checked addresses only, following no redirect, with
/// ten seconds for everything and 16 KiB of patience for the answer.
///
/// It has an event loop of its own, so that no receiver is ever in the way of our own callers; and
/// names are resolved on threads of their own, because the platform's resolver blocks its thread.
@ApplicationScoped
class WebhookClient {
  private static final Duration IN_ALL = Duration.ofSeconds(10);
  private static final int CONNECT_MILLIS = 5_000;
  private static final int MAX_ANSWER = 16 * 1024;
  private static final int MAX_ERROR = 500;
  private static final int REPLACEMENT = 0xFFFD;
  private static final int MAX_CONNECTIONS = 4_096;
  private static final int RESOLVERS = 2_048;
  private static final int RESOLVER_STACK = 256 * 1024;

  private final OutboundGuard guard;
  private final ExecutorService resolvers;
  private final Vertx vertx;
  private final HttpClient http;

  WebhookClient(@ConfigProperty(name = "earnest.local") boolean local) {
    resolvers = resolvers();
    guard = new OutboundGuard(local, this::resolve);
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxPoolSize(MAX_CONNECTIONS)
                .setConnectTimeout(CONNECT_MILLIS)
                .setDecompressionSupported(false)
                .setVerifyHost(true));
  }

  /// What came of a request.
  ///
  /// @param status the answer's; null when there was none
  /// @param error why it did not arrive, in at most 500 characters; null when it did (2xx)
  /// @param retryAfter how long the receiver asked to be left alone
  record Answer(@Nullable Integer status, @Nullable String error, @Nullable Duration retryAfter) {
    /// An error may quote what the receiver sent, which may be anything: NUL, for one, which
    /// PostgreSQL takes in no text.
    Answer {
      error = error == null ? null : printable(error);
    }
  }

  /// Posts and waits; never throws for what the receiver does.
  Answer post(String url, Map<String, String> headers, String body) throws InterruptedException {
    long deadline = System.nanoTime() + IN_ALL.toNanos();
    Target target;
    try {
      target = guard.target(url);
    } catch (Forbidden forbidden) {
      return failed("forbidden address: " + forbidden.getMessage());
    } catch (UnknownHostException unknown) {
      return failed("unknown host");
    }
    Exchange exchange = new Exchange();
    Future<Answer> answer =
        http.request(options(target, headers)).compose(request -> exchange.send(request, body));
    try {
      long left = Math.max(1, deadline - System.nanoTime());
      return answer.toCompletionStage().toCompletableFuture().get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      exchange.abort();
      return failed("no complete answer within " + IN_ALL.toSeconds() + " s");
    } catch (ExecutionException failure) {
      return failed(reason(failure.getCause()));
    }
  }

  /// One request, which may be given up at any moment, also before there is a connection for it.
  private static final class Exchange {
    private @Nullable HttpClientRequest request;
    private boolean aborted;

    synchronized Future<Answer> send(HttpClientRequest connected, String body) {
      if (aborted) {
        Connections.abort(connected.connection());
        return Future.failedFuture("too late");
      }
      request = connected;
      return connected.send(Buffer.buffer(body)).compose(WebhookClient::read);
    }

    synchronized void abort() {
      aborted = true;
      if (request != null) {
        Connections.abort(request.connection());
      }
    }
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.close();
    resolvers.shutdownNow();
  }

  /// The address was checked: it is connected to as it is, while the name goes into the Host header,
  /// SNI and the check of the certificate.
  private static RequestOptions options(Target target, Map<String, String> headers) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(
                SocketAddress.inetSocketAddress(target.port(), target.address().getHostAddress()))
            .setHost(target.host())
            .setPort(target.port())
            .setSsl(target.tls())
            .setFollowRedirects(false)
            .setURI(target.path());
    headers.forEach(options::putHeader);
    return options;
  }

  /// Reads at most what we care for and then closes the connection; the status is what counts.
  private static Future<Answer> read(HttpClientResponse response) {
    Promise<Answer> done = Promise.promise();
    Answer answer = answer(response);
    long[] seen = {0};
    response.handler(chunk -> {
      seen[0] += chunk.length();
      if (seen[0] > MAX_ANSWER) {
        done.tryComplete(answer);
        Connections.abort(response.request().connection());
      }
    });
    response.exceptionHandler(done::tryFail);
    response.endHandler(_ -> done.tryComplete(answer));
    return done.future();
  }

  private static Answer answer(HttpClientResponse response) {
    int status = response.statusCode();
    boolean taken = status >= 200 && status < 300;
    return new Answer(
        status, taken ? null : "status " + status, retryAfter(response.getHeader("Retry-After")));
  }

  /// Seconds, or a date (RFC 9110, 10.2.3). A date is the world's time, whatever our clock says.
  static @Nullable Duration retryAfter(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (text.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration until = Duration.between(InstantSource.system().instant(), date);
      return until.isNegative() ? null : until;
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  private List<InetAddress> resolve(String name) throws UnknownHostException {
    try {
      return CompletableFuture.supplyAsync(() -> lookUp(name), resolvers)
          .get(CONNECT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException(name);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException _) {
      throw new UnknownHostException(name);
    }
  }

  private static List<InetAddress> lookUp(String name) {
    try {
      return List.of(InetAddress.getAllByName(name));
    } catch (UnknownHostException _) {
      return List.of();
    }
  }

  /// A name server that does not answer holds a thread, so there is one for each attempt that may be
  /// in flight; on a good day there are a few.
  private static ExecutorService resolvers() {
    return new ThreadPoolExecutor(
        0,
        RESOLVERS,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        Thread.ofPlatform()
            .daemon()
            .stackSize(RESOLVER_STACK)
            .name("webhook-resolver-", 0)
            .factory());
  }

  private static String printable(String text) {
    return text.codePoints()
        .limit(MAX_ERROR)
        .map(c ->
            Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
                ? REPLACEMENT
                : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Answer failed(String error) {
    return new Answer(null, error, null);
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null
        ? "unknown"
        : cause.getClass().getSimpleName()
            + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
  }
}
