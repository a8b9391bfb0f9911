package dev.earnest.bench;

import dev.earnest.bench.Changes.Made;
import dev.earnest.bench.Changes.Working;
import dev.earnest.local.client.Marketplace;
import dev.earnest.local.process.StackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// From a change of a task to its event at an open stream behind the gateway, at 100 changes a
/// second. The time begins with the change's own, which is taken just before it is committed: what
/// comes out is rather too long than too short.
final class StreamBench {
  private static final int BUYERS = 10;
  private static final int TASKS = 5;
  private static final String EVENT =
      "platform/contracts/src/main/resources/contracts/earnest.task.progressed.v1.example.json";
  private static final Pattern STEP = Pattern.compile("\"message\":\"step (\\d+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Latencies heard = new Latencies();
  private final AtomicLong arrived = new AtomicLong();
  private final Map<Integer, Instant> made = new ConcurrentHashMap<>();
  private final Map<Integer, Instant> seen = new ConcurrentHashMap<>();

  private StreamBench() {}

  /// @return true
  static boolean run(Options options) throws SQLException, IOException {
    return new StreamBench().measure(options);
  }

  private boolean measure(Options options) throws SQLException, IOException {
    Ground ground = Ground.ready();
    Latencies relayed = new Latencies();
    String event = Files.readString(ground.repository().resolve(EVENT));
    System.out.printf(
        "%d changes a second for %d s, after %d s of warm-up …%n",
        Changes.PER_SECOND, options.measured().toSeconds(), options.warmUp().toSeconds());
    try (BareRelay relay = new BareRelay(ground, event, relayed)) {
      Changes changes = new Changes(ground.market(), BUYERS, TASKS, this::made);
      open(ground.market(), changes);
      changes.make(options.warmUp(), relay);
      heard.open();
      relayed.open();
      changes.make(options.measured(), relay);
      await(options.warmUp().plus(options.measured()).toSeconds() * Changes.PER_SECOND);
    }
    LatencyReport report = new LatencyReport("open stream", heard, relayed);
    Path file = ground.results("streams.json");
    report.write(file);
    System.out.print(report.table());
    System.out.println(file);
    return true;
  }

  private void open(Marketplace market, Changes changes) {
    CountDownLatch open = new CountDownLatch(changes.working().size());
    for (Working one : changes.working()) {
      Thread.ofVirtual().start(() -> read(market, one, open));
    }
    try {
      if (!open.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new StackException("not all streams could be opened");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    }
  }

  private void read(Marketplace market, Working one, CountDownLatch open) {
    HttpResponse<InputStream> stream =
        market.stream(one.buyer(), "/api/v1/tasks/" + one.task() + "/stream", null);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Instant now = Instant.now();
        Matcher step = STEP.matcher(line);
        if (line.startsWith("event: status")) {
          open.countDown();
        } else if (step.find()) {
          seen(Integer.parseInt(step.group(1)), now);
        }
      }
    } catch (IOException _) {
      // the stack went down; those who wait for events say so
    }
  }

  /// The answer to a change and its event come in either order.
  private void made(Made change) {
    made.put(change.number(), change.at());
    match(change.number());
  }

  private void seen(int number, Instant now) {
    seen.put(number, now);
    match(number);
  }

  private synchronized void match(int number) {
    if (made.containsKey(number) && seen.containsKey(number)) {
      Duration took = Duration.between(made.remove(number), seen.remove(number));
      if (took.isNegative()) {
        throw new StackException("the services' clock was moved: ./earnest clock reset");
      }
      heard.add(took.toNanos());
      arrived.incrementAndGet();
    }
  }

  private void await(long all) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (arrived.get() < all) {
      if (System.nanoTime() - end > 0) {
        throw new StackException("only %d of %d events came".formatted(arrived.get(), all));
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
