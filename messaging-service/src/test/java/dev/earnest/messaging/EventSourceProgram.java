package dev.earnest.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.messaging.SseClient.Sse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// npm's `eventsource`, which follows the HTML standard, run by Node.js: a client of ours that nobody
/// here wrote.
public final class EventSourceProgram implements AutoCloseable {
  private static final Path SOURCE = Path.of("src", "test", "eventsource");
  private static final Path INSTALLED = Path.of("target", "eventsource");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final List<Sse> events = new CopyOnWriteArrayList<>();

  private EventSourceProgram(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::read);
  }

  /// Whether this machine has Node.js; all else here needs a JDK only.
  public static boolean canRun() {
    try {
      return new ProcessBuilder("npm", "--version").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Installs what package-lock.json names, and no other.
  public static synchronized void install() {
    try {
      Files.createDirectories(INSTALLED);
      for (String file : List.of("package.json", "package-lock.json", "reader.mjs")) {
        Files.write(INSTALLED.resolve(file), Files.readAllBytes(SOURCE.resolve(file)));
      }
      Process npm =
          new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
              .directory(INSTALLED.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!npm.waitFor(2, TimeUnit.MINUTES) || npm.exitValue() != 0) {
        throw new AssertionError("npm ci failed: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public static EventSourceProgram open(String url, String... names) {
    List<String> command = new ArrayList<>(List.of("node", "reader.mjs", url));
    command.addAll(List.of(names));
    try {
      return new EventSourceProgram(
          new ProcessBuilder(command)
              .directory(INSTALLED.toFile())
              .redirectErrorStream(true)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Sse> events() {
    return events.stream().filter(event -> !event.name().equals("lost")).toList();
  }

  public long lost() {
    return events.stream().filter(event -> event.name().equals("lost")).count();
  }

  public List<Sse> await(int count) {
    return Awaitility.await().atMost(PATIENCE).until(this::events, all -> all.size() >= count);
  }

  @Override
  public void close() {
    process.destroy();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = JSON.readTree(line);
        events.add(
            new Sse(
                event.path("id").asText(),
                event.path("name").asText(),
                event.path("data").asText()));
      }
    } catch (IOException e) {
      events.add(new Sse("", "broken", e.toString()));
    }
  }
}
