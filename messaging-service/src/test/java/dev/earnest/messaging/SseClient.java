package dev.earnest.messaging;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads server-sent events as a browser would, over the JDK's HTTP client.
public final class SseClient implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BufferedReader lines;
  private final List<String> comments = new ArrayList<>();

  /// @param id empty when the event had none
  public record Sse(String id, String name, String data) {
    public long number() {
      return Long.parseLong(id);
    }
  }

  private SseClient(BufferedReader lines) {
    this.lines = lines;
  }

  /// Opens a stream with the token in the query, as EventSource must.
  public static SseClient open(String path, String token, @Nullable String lastEventId) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url(path + "?token=" + token)).GET();
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new AssertionError("status " + answer.statusCode());
      }
      return new SseClient(
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public static URI url(String path) {
    return URI.create("http://localhost:" + io.restassured.RestAssured.port + path);
  }

  /// The next events, so many.
  public List<Sse> next(int count) {
    List<Sse> events = new ArrayList<>();
    while (events.size() < count) {
      Sse event = next();
      if (event == null) {
        throw new AssertionError("the stream ended after " + events);
      }
      events.add(event);
    }
    return events;
  }

  /// All events to the stream's end.
  public List<Sse> toEnd() {
    List<Sse> events = new ArrayList<>();
    for (Sse event = next(); event != null; event = next()) {
      events.add(event);
    }
    return events;
  }

  /// Reads on until there was a comment like this.
  public void awaitComment(Predicate<String> wanted) {
    while (comments.stream().noneMatch(wanted)) {
      if (line() == null) {
        throw new AssertionError("the stream ended; comments: " + comments);
      }
    }
  }

  private @Nullable Sse next() {
    String id = "";
    String name = "";
    String data = "";
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty() && !data.isEmpty()) {
        return new Sse(id, name, data);
      }
      id = field(line, "id", id);
      name = field(line, "event", name);
      data = field(line, "data", data);
    }
    return null;
  }

  private static String field(String line, String field, String otherwise) {
    return line.startsWith(field + ": ") ? line.substring(field.length() + 2) : otherwise;
  }

  private @Nullable String line() {
    try {
      String line =
          CompletableFuture.supplyAsync(this::readLine).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (line != null && (line.startsWith(":") || line.startsWith("retry"))) {
        comments.add(line);
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("nothing came", e);
    }
  }

  private @Nullable String readLine() {
    try {
      return lines.readLine();
    } catch (IOException _) {
      return null;
    }
  }

  /// Cuts the connection.
  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
