package dev.earnest.system.faults;

import static dev.earnest.system.Life.expect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.local.client.Marketplace;
import dev.earnest.local.client.Marketplace.Answer;
import dev.earnest.local.client.Marketplace.Person;
import dev.earnest.local.postgres.Databases;
import dev.earnest.system.EventReader.ServerEvent;
import dev.earnest.system.FlakyReceiver.Call;
import dev.earnest.system.Life;
import dev.earnest.system.OwnStack;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// What has to be true when everything is well again. Each thing that is not is a line.
final class Checker {
  private final OwnStack own;
  private final Marketplace market;
  private final List<String> violations = new ArrayList<>();

  Checker(OwnStack own, Marketplace market) {
    this.own = own;
    this.market = market;
  }

  List<String> violations() {
    return violations;
  }

  /// Every accepted change of a task is there, once.
  void course(Course course) {
    equal(course + ": status", course.ending().status, course.status());
    equal(course + ": timeline", events(course), timeline(course));
    List<String> said = new ArrayList<>();
    expect(200, market.get(course.pair().buyer(), course.path("/messages")))
        .body()
        .path("messages")
        .forEach(message -> said.add(message.path("content").asText()));
    equal(course + ": conversation", course.said(), said);
    stream(course);
  }

  /// What was accepted, and what comes of it, as a timeline tells it.
  private static Map<String, Integer> events(Course course) {
    List<String> types = new ArrayList<>(List.of("task.created", "escrow.held"));
    types.addAll(course.ending().events);
    types.addAll(Collections.nCopies(course.reports(), "task.progressed"));
    types.addAll(Collections.nCopies(course.said().size(), "message.posted"));
    types.addAll(Collections.nCopies(course.tips(), "escrow.tipped"));
    Map<String, Integer> counts = new TreeMap<>();
    types.forEach(type -> counts.merge(type, 1, Integer::sum));
    return counts;
  }

  private Map<String, Integer> timeline(Course course) {
    Map<String, Integer> found = new TreeMap<>();
    String page = course.path("/timeline?limit=100");
    JsonNode timeline = expect(200, market.get(course.pair().buyer(), page)).body();
    timeline
        .path("timeline")
        .forEach(event -> found.merge(event.path("type").asText(), 1, Integer::sum));
    return found;
  }

  /// Gapless, nothing twice, and ended.
  private void stream(Course course) {
    List<ServerEvent> events = course.stream().events();
    if (events.isEmpty()) {
      violations.add(course + ": its stream told nothing");
      return;
    }
    List<Long> ids = events.stream().map(event -> Long.valueOf(event.id())).toList();
    List<Long> expected =
        LongStream.range(ids.getFirst(), ids.getFirst() + ids.size()).boxed().toList();
    equal(course + ": ids of its stream", expected, ids);
    equal(course + ": end of its stream", "done", events.getLast().name());
  }

  /// Each arrived, and the first attempts of each task in order.
  void webhooks(Collection<Course> courses, List<Call> calls) {
    Map<String, List<Call>> byTask = calls.stream().collect(Collectors.groupingBy(Call::task));
    for (Course course : courses) {
      List<Call> all = byTask.getOrDefault(course.task(), List.of());
      Map<String, String> firsts = new LinkedHashMap<>();
      all.forEach(call -> firsts.putIfAbsent(call.id(), call.type()));
      equal(course + ": webhooks", course.ending().webhooks(), List.copyOf(firsts.values()));
      Set<String> taken =
          all.stream().filter(call -> call.nanos() > 0).map(Call::id).collect(Collectors.toSet());
      equal(course + ": webhooks taken", firsts.keySet(), taken);
    }
  }

  /// Every account has what it must have, nothing is held, and the ledger agrees.
  void money(Books books) {
    books
        .accounts()
        .forEach((account, expected) -> {
          Answer answer = expect(200, market.get(new Person(account, "buyer"), "/api/v1/wallet"));
          equal(account + " has", plain(expected), plain(decimal(answer, "available")));
          equal(account + " holds", "0", plain(decimal(answer, "held")));
        });
    Answer check = market.get(Life.ADMIN, "/api/v1/admin/ledger/check");
    if (!check.body().at("/check/ok").asBoolean()) {
      violations.add("ledger check: " + check.body());
    }
  }

  /// Nothing waits that should not.
  void leftovers() throws SQLException {
    for (String database : Databases.ALL) {
      none(database, "events in the outbox", "SELECT count(*) FROM outbox");
      none(
          database, "parked events", "SELECT count(*) FROM dead_letters WHERE replayed_at IS NULL");
    }
    none(
        "escrow",
        "holds of final tasks",
        """
        SELECT count(*) FROM holds JOIN tasks ON tasks.id = holds.task_id
        WHERE tasks.final_at IS NOT NULL AND holds.state IN ('HELD', 'FROZEN')
        """);
    none(
        "messaging",
        "webhooks that did not arrive",
        "SELECT count(*) FROM webhook_deliveries WHERE state <> 'DELIVERED'");
  }

  private void none(String database, String what, String query) throws SQLException {
    equal(database + ": " + what, "0", own.text(database, query));
  }

  private static BigDecimal decimal(Answer wallet, String field) {
    return wallet.body().path("wallet").path(field).decimalValue();
  }

  private static String plain(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }

  private void equal(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      violations.add(what + ": " + found + " instead of " + expected);
    }
  }
}
