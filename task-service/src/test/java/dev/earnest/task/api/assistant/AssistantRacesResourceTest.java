package dev.earnest.task.api.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What several people want of an assistant at once.
@TaskServiceTest
class AssistantRacesResourceTest {
  private Secretary jane;

  @BeforeEach
  void hire() {
    jane = new Secretary();
  }

  @Test
  void processedAtOnceItStartsOnce() throws Exception {
    String task = jane.create();
    List<Integer> codes =
        atOnce(6, _ -> jane.process(task, "{\"message\": \"Go\"}").extract().statusCode());
    assertThat(codes).containsOnlyOnce(200).contains(409).hasSize(6);
    jane.show(task)
        .body("executions", hasSize(1))
        .body("activities.findAll { it.type == 'message' }", hasSize(1));
  }

  @Test
  void anAssistantWithoutRoomTakesNoMore() throws Exception {
    Secretary busy = new Secretary(new Market(1));
    List<String> tasks = List.of(busy.create(), busy.create(), busy.create());
    List<Integer> codes = atOnce(3, i -> busy.process(tasks.get(i), "{}").extract().statusCode());
    assertThat(codes).containsExactlyInAnyOrder(200, 409, 409);
    String waiting = tasks.get(codes.indexOf(409));
    busy.process(waiting, "{}").statusCode(409).body("code", equalTo("agent_full"));
    busy.put(waiting, "{\"status\": \"in_progress\"}").statusCode(409);
    busy.show(waiting).body("status", equalTo("pending")).body("activities", empty());
    busy.complete(tasks.get(codes.indexOf(200)));
    busy.process(waiting, "{}").statusCode(200);
  }

  @Test
  void deletedAtOnceItIsDeletedOnce() throws Exception {
    String task = jane.inProgress();
    List<Integer> codes =
        atOnce(4, _ -> jane.asBoss().delete("/tasks/" + task).then().extract().statusCode());
    assertThat(codes).containsOnlyOnce(204).contains(404);
  }

  private static List<Integer> atOnce(int count, IntFunction<Integer> call) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> calls =
          IntStream.range(0, count).mapToObj(i -> threads.submit(() -> call.apply(i))).toList();
      List<Integer> codes = new ArrayList<>();
      for (Future<Integer> one : calls) {
        codes.add(one.get());
      }
      return codes;
    }
  }
}
