package dev.earnest.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.earnest.local.PartStatus.State;
import dev.earnest.local.identity.TokenRequest;
import dev.earnest.local.process.ClassPath;
import dev.earnest.local.process.StackException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole stack with a real PostgreSQL, Kafka and gateway; only the services are stand-ins.
class StackTest {
  private static final List<String> PARTS =
      List.of(
          "postgres",
          "kafka",
          "task-service",
          "escrow-service",
          "dispute-service",
          "messaging-service",
          "gateway");

  @TempDir Path repository;
  private Path folder = Path.of("");
  private Stack stack = new Stack(folder, folder);

  @BeforeEach
  void build() throws Exception {
    folder = repository.resolve(".earnest");
    stack = new Stack(repository, folder);
    Files.createDirectories(repository.resolve("deploy"));
    Files.copy(Path.of("../routes.yaml"), repository.resolve("deploy/routes.yaml"));
    for (var service : Services.ALL) {
      buildFake(repository.resolve(service).resolve("target/quarkus-app"));
    }
  }

  @AfterEach
  void stop() {
    stack.down();
  }

  @Test
  void upDownAndUpAgain() {
    var lines = new ArrayList<String>();
    assertThat(stack.up(anyPort(), lines::add)).isTrue();

    assertThat(lines).hasSize(PARTS.size());
    assertThat(states()).containsExactlyEntriesOf(all(State.RUNNING));
    assertThat(get("/api/v1/wallet")).startsWith("escrow_service@");
    assertThat(get("/api/v1/tasks")).startsWith("task_service@");
    var pids = pids();

    assertThat(stack.up(UpOptions.defaults(), lines::add)).isFalse();
    assertThat(pids()).isEqualTo(pids);

    assertThat(stack.clock("+24h")).isEqualTo(Duration.ofHours(24));
    assertThat(stack.clock("+30m")).isEqualTo(Duration.ofHours(24).plusMinutes(30));
    assertThat(stack.clock("reset")).isZero();

    assertThat(stack.down()).isTrue();
    assertThat(stack.down()).isFalse();
    assertThat(states()).containsExactlyEntriesOf(all(State.STOPPED));
    pids.values()
        .forEach(pid -> assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty());
  }

  @Test
  void deadPartsAreStartedAgainAndTheOthersLeftAlone() {
    stack.up(anyPort().replicas(2), _ -> {});
    var before = pids();
    var url = stack.url();
    for (var part : List.of("escrow-service", "task-service-2", "kafka", "gateway")) {
      kill(part);
    }
    assertThat(stack.up(UpOptions.defaults(), _ -> {})).isTrue();

    var after = pids();
    assertThat(stack.url()).isEqualTo(url);
    assertThat(after.keySet()).isEqualTo(before.keySet()).hasSize(11);
    assertThat(
            after.entrySet().stream()
                .filter(part -> !part.getValue().equals(before.get(part.getKey()))))
        .extracting(part -> part.getKey())
        .containsExactlyInAnyOrder("escrow-service", "task-service-2", "kafka", "gateway");
    assertThat(List.of(get("/api/v1/tasks"), get("/api/v1/tasks"))).doesNotHaveDuplicates();

    kill("dispute-service");
    await().until(() -> states().get("dispute-service") == State.DEAD);
  }

  @Test
  void portInUseIsOneLineAndLeavesNothing() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> stack.up(UpOptions.defaults().port(taken.getLocalPort()), _ -> {}))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " is in use")
          .hasMessageNotContaining("\n");
    }
    assertThat(states()).containsExactlyEntriesOf(all(State.STOPPED));
  }

  @Test
  void serviceThatDoesNotStartIsNamedAndLeavesNothing() throws Exception {
    Files.createDirectories(folder);
    Files.createFile(folder.resolve("broken"));

    assertThatThrownBy(() -> stack.up(anyPort(), _ -> {}))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("-service did not start: ERROR the fake service was told to fail")
        .hasMessageNotContaining("\n");

    assertThat(states()).containsExactlyEntriesOf(all(State.STOPPED));
    Files.delete(folder.resolve("broken"));
    assertThat(stack.up(anyPort(), _ -> {})).isTrue();
  }

  @Test
  void missingProgramIsNamedBeforeAnythingStarts() throws Exception {
    Files.delete(repository.resolve("dispute-service/target/quarkus-app/quarkus-run.jar"));

    assertThatThrownBy(() -> stack.up(anyPort(), _ -> {}))
        .hasMessageContaining("dispute-service is not built");

    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void nativeProgramsAreStartedWhereTheyAreBuilt() throws Exception {
    assertThatThrownBy(() -> stack.up(anyPort().natively(), _ -> {}))
        .hasMessageContaining("there is no native program in")
        .hasMessageContaining("./earnest up --native");
    for (var service : Services.ALL) {
      var target = repository.resolve(service).resolve("target");
      var script =
          "#!/bin/sh\nexec \"%s\" -jar \"%s\"\n"
              .formatted(ClassPath.java(), target.resolve("quarkus-app/quarkus-run.jar"));
      var program = Files.writeString(target.resolve(service + "-1.0-runner"), script);
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    assertThat(stack.up(anyPort().natively(), _ -> {})).isTrue();

    assertThat(states()).containsExactlyEntriesOf(all(State.RUNNING));
    assertThat(get("/api/v1/wallet")).startsWith("escrow_service@");
    for (var service : Services.ALL) {
      // the JVM that the script became has not the options that the stack gives to jars
      assertThat(stack.process(service).orElseThrow().info().commandLine().orElseThrow())
          .contains("quarkus-run.jar")
          .doesNotContain("-Xmx256m");
    }
  }

  @Test
  void onlyOneCommandChangesAStack() {
    try (var _ = StackLock.take(new Home(folder))) {
      assertThatThrownBy(() -> stack.up(anyPort(), _ -> {}))
          .hasMessageContaining("another ./earnest command");
    }
  }

  @Test
  void resetDeletesAll() throws Exception {
    stack.token(TokenRequest.of("alice", "buyer"));
    assertThat(stack.reset()).contains(folder.resolve("keys"));
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private static UpOptions anyPort() {
    return UpOptions.defaults().port(0);
  }

  private void kill(String part) {
    stack.process(part).orElseThrow().destroyForcibly();
  }

  private String get(String path) {
    return Http.get(stack.port("gateway"), path).body();
  }

  private Map<String, State> states() {
    var states = new LinkedHashMap<String, State>();
    stack.status().forEach(part -> states.put(part.name(), part.state()));
    return states;
  }

  private Map<String, Long> pids() {
    return stack.status().stream().collect(Collectors.toMap(PartStatus::name, PartStatus::pid));
  }

  private static LinkedHashMap<String, State> all(State state) {
    return PARTS.stream()
        .collect(
            Collectors.toMap(Function.identity(), _ -> state, (one, _) -> one, LinkedHashMap::new));
  }

  private static void buildFake(Path target) throws Exception {
    Files.createDirectories(target);
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
    try (var jar =
        new JarOutputStream(Files.newOutputStream(target.resolve("quarkus-run.jar")), manifest)) {
      var name = FakeService.class.getName().replace('.', '/') + ".class";
      jar.putNextEntry(new JarEntry(name));
      try (var bytes = FakeService.class.getClassLoader().getResourceAsStream(name)) {
        jar.write(Objects.requireNonNull(bytes).readAllBytes());
      }
    }
  }
}
