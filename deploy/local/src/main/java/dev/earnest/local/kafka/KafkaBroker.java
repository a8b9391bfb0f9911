package dev.earnest.local.kafka;

import dev.earnest.local.process.ClassPath;
import dev.earnest.local.process.Detached;
import dev.earnest.local.process.Logs;
import dev.earnest.local.process.Ports;
import dev.earnest.local.process.PrivateFiles;
import dev.earnest.local.process.StackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/// A real Kafka broker (KRaft, one node, its own controller) as a process of its own, on loopback only.
public final class KafkaBroker implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);

  private final Settings settings;
  private final ProcessHandle process;

  private KafkaBroker(Settings settings, ProcessHandle process) {
    this.settings = settings;
    this.process = process;
  }

  /// @param home holds `data`, `cluster` (its id) and `server.properties`
  /// @param advertisedPort where clients are told to find it; its own port, unless something stands in between
  public record Settings(Path home, int port, int controllerPort, int advertisedPort, Path log) {
    public Settings(Path home, int port, int controllerPort, Path log) {
      this(home, port, controllerPort, port, log);
    }
  }

  /// Starts a broker and waits until it answers.
  public static KafkaBroker start(Path home, int port) {
    var broker = launch(new Settings(home, port, Ports.free(), home.resolve("kafka.log")));
    broker.awaitReady();
    return broker;
  }

  /// Starts the process and returns without waiting for it.
  public static KafkaBroker launch(Settings settings) {
    var properties = settings.home().resolve("server.properties");
    PrivateFiles.write(properties, properties(settings));
    var cluster = settings.home().resolve("cluster");
    if (!Files.exists(cluster)) {
      PrivateFiles.write(cluster, Uuid.randomUuid().toString());
    }
    var command =
        List.of(
            ClassPath.java(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + ClassPath.besideTheStack("kafka.jsa"),
            // an archive that is older than the build is made anew; nobody needs to hear of it
            "-Xlog:disable",
            "-cp",
            ClassPath.ofTheStack(),
            BrokerMain.class.getName(),
            properties.toString(),
            PrivateFiles.read(cluster).strip());
    return new KafkaBroker(settings, Detached.start(command, Map.of(), settings.log()));
  }

  /// The same broker as seen by another JVM than the one that started it.
  public static KafkaBroker attach(Settings settings, ProcessHandle process) {
    return new KafkaBroker(settings, process);
  }

  public ProcessHandle process() {
    return process;
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + settings.advertisedPort();
  }

  public void awaitReady() {
    var giveUp = System.nanoTime() + START.toNanos();
    while (!isReady()) {
      if (!Detached.isAlive(process)) {
        throw new StackException("Kafka did not start: " + Logs.reason(settings.log()));
      }
      if (System.nanoTime() > giveUp) {
        throw new StackException("Kafka does not answer; see " + settings.log());
      }
      Detached.awaitExit(process, Duration.ofMillis(100));
    }
  }

  /// A broker that listens may not have been let in by its controller yet, so it is asked who is in the cluster.
  private boolean isReady() {
    if (Ports.isFree(settings.port())) {
      return false;
    }
    try (var admin = admin()) {
      return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while Kafka started", e);
    }
  }

  public Admin admin() {
    return Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrapServers()));
  }

  /// A controlled shutdown.
  public void stop() {
    Detached.stop(process, "TERM", Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    stop();
  }

  private static String properties(Settings settings) {
    return """
    process.roles=broker,controller
    node.id=1
    controller.quorum.bootstrap.servers=127.0.0.1:%2$d
    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
    advertised.listeners=PLAINTEXT://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%2$d
    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
    controller.listener.names=CONTROLLER
    inter.broker.listener.name=PLAINTEXT
    log.dirs=%4$s
    auto.create.topics.enable=false
    # one node: one copy, and few partitions for what Kafka keeps for itself
    offsets.topic.replication.factor=1
    offsets.topic.num.partitions=4
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    transaction.state.log.num.partitions=4
    share.coordinator.state.topic.replication.factor=1
    share.coordinator.state.topic.min.isr=1
    share.coordinator.state.topic.num.partitions=1
    group.initial.rebalance.delay.ms=0
    # a small heap
    num.network.threads=2
    num.io.threads=4
    log.cleaner.threads=1
    log.cleaner.dedupe.buffer.size=4194304
    log.segment.bytes=67108864
    # what a consumer was late to read is still there when somebody starts the stack again after a holiday
    log.retention.hours=-1
    offsets.retention.minutes=525600
    """
        .formatted(
            settings.port(),
            settings.controllerPort(),
            settings.advertisedPort(),
            settings.home().resolve("data"));
  }
}
