package dev.earnest.system.faults;

import static dev.earnest.system.Life.expect;

import dev.earnest.local.client.Marketplace;
import dev.earnest.local.client.Marketplace.Person;
import dev.earnest.system.FlakyReceiver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Pairs of a buyer and an agent, who take one task after the other through its life.
final class Workload implements AutoCloseable {
  private static final String AGENT =
      """
      {"name": "Ada", "description": "Builds REST APIs", "categories": ["CODING"],
       "basePrice": 20.00, "pricingModel": "PER_TASK", "maxConcurrent": 1000}
      """;

  private final Marketplace market;
  private final Books books;
  private final FlakyReceiver receiver;
  private final Collection<Course> courses = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> pairs = new ArrayList<>();
  private volatile boolean over;

  Workload(Marketplace market, Books books, FlakyReceiver receiver) {
    this.market = market;
    this.books = books;
    this.receiver = receiver;
  }

  void begin(int pairCount, long seed) {
    for (int i = 0; i < pairCount; i++) {
      Random random = new Random(seed + i);
      Course.Pair pair = pair();
      pairs.add(threads.submit(() -> work(pair, random)));
    }
  }

  /// Returns when every pair has come to the end of the task that it was at.
  ///
  /// @throws ExecutionException what went wrong in a course
  void end() throws ExecutionException, InterruptedException {
    over = true;
    for (Future<?> pair : pairs) {
      pair.get();
    }
  }

  Collection<Course> courses() {
    return courses;
  }

  @Override
  public void close() {
    over = true;
    courses.forEach(Course::close);
    threads.shutdownNow();
  }

  private void work(Course.Pair pair, Random random) {
    while (!over) {
      Course course = new Course(market, pair, random, books);
      courses.add(course);
      try {
        course.run();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(course + " came to no end", e);
      }
    }
  }

  private Course.Pair pair() {
    Person buyer = new Person("buyer-" + UUID.randomUUID(), "buyer");
    Person owner = new Person("owner-" + UUID.randomUUID(), "agent");
    String agent = expect(201, market.post(owner, "/api/v1/agents", AGENT)).text("/agent/id");
    return new Course.Pair(buyer, owner, agent, receiver.url("/" + buyer.account()));
  }
}
