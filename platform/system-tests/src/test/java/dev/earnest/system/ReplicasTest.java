package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.Stack;
import dev.earnest.local.UpOptions;
import dev.earnest.local.client.Marketplace;
import dev.earnest.system.EventReader.ServerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Streams with three replicas of every service behind the gateway.
class ReplicasTest {
  private static final int READERS = 6;

  @Test
  void readersAtEveryReplicaAreToldTheSameAndGoOnElsewhereWhenOneDies() {
    try (OwnStack own = new OwnStack(UpOptions.defaults().replicas(3))) {
      tell(own.stack(), own.market());
    }
  }

  private static void tell(Stack stack, Marketplace market) {
    Life life =
        new Life(market).register().deposit("50.00").create("50.00").awaitStatus("EXECUTING");
    String conversation = "/api/v1/dashboard/messages/" + life.task();
    List<EventReader> tasks = new ArrayList<>();
    List<EventReader> conversations = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      tasks.add(new EventReader(market, life.buyer, "/api/v1/tasks/" + life.task() + "/stream"));
      conversations.add(new EventReader(market, life.owner, conversation + "/stream"));
    }
    awaitAll(tasks, events -> !events.isEmpty());
    awaitAll(conversations, events -> !events.isEmpty());

    IntStream.range(0, 5).forEach(i -> life.say(life.buyer, "message " + i).progress());
    assertThat(market.post(life.buyer, conversation + "/typing").status()).isEqualTo(200);
    awaitAll(conversations, events -> names(events, "message") == 5);
    awaitAll(conversations, events -> names(events, "typing") >= 1);

    ProcessHandle dead = stack.process("messaging-service-2").orElseThrow();
    dead.destroyForcibly();
    dead.onExit().join();
    IntStream.range(5, 10).forEach(i -> life.say(life.buyer, "message " + i).progress());
    life.deliver().approve();

    awaitAll(conversations, events -> names(events, "message") == 10);
    awaitAll(tasks, events -> names(events, "done") == 1);
    conversations.forEach(reader -> {
      List<ServerEvent> messages =
          reader.events().stream().filter(event -> event.name().equals("message")).toList();
      for (int i = 0; i < 10; i++) {
        assertThat(messages.get(i).data()).contains("\"content\":\"message " + i + "\"");
      }
      reader.close();
    });
    tasks.forEach(reader -> {
      List<Long> ids = reader.events().stream().map(event -> Long.valueOf(event.id())).toList();
      assertThat(ids)
          .isEqualTo(IntStream.range(0, ids.size()).mapToObj(i -> ids.getFirst() + i).toList());
      reader.close();
    });
  }

  private static long names(List<ServerEvent> events, String name) {
    return events.stream().filter(event -> event.name().equals(name)).count();
  }

  private static void awaitAll(List<EventReader> readers, Predicate<List<ServerEvent>> wanted) {
    Life.await().until(() -> readers.stream().allMatch(reader -> wanted.test(reader.events())));
  }
}
