package dev.earnest.local;

import dev.earnest.local.gateway.Backends;
import dev.earnest.local.gateway.Gateway;
import dev.earnest.local.identity.SigningKeys;
import dev.earnest.local.kafka.KafkaBroker;
import dev.earnest.local.kafka.Topics;
import dev.earnest.local.postgres.Databases;
import dev.earnest.local.postgres.Postgres;
import dev.earnest.local.process.ClassPath;
import dev.earnest.local.process.Detached;
import dev.earnest.local.process.Logs;
import dev.earnest.local.process.Ports;
import dev.earnest.local.process.PrivateFiles;
import dev.earnest.local.process.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// One run of `up`: what it starts, it can undo.
final class Start {
  private static final long LEAST_FREE_BYTES = 256L * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final int POSTGRES_PORT = 54321;
  private static final int KAFKA_PORT = 19092;

  private final Path repository;
  private final Home home;
  private final Parts parts;
  private final UpOptions options;
  private final Consumer<String> progress;
  private final List<String> started = new ArrayList<>();
  private final long begin = System.nanoTime();
  private boolean undone;

  Start(Path repository, Home home, Parts parts, UpOptions options, Consumer<String> progress) {
    this.repository = repository;
    this.home = home;
    this.parts = parts;
    this.options = options;
    this.progress = progress;
  }

  /// @return false when there was nothing to start
  boolean run() {
    var services = wanted();
    var gatewayPort = gatewayPort();
    stopSurplus(services);
    settle();
    if (isComplete(services)) {
      return false;
    }
    checkDisk();
    checkGatewayPort(gatewayPort);
    services.forEach(
        part -> Services.command(repository, Services.serviceOf(part), options.isNative()));
    SigningKeys.in(home.keys());
    var secrets = Secrets.in(home.secrets());
    if (!Files.exists(home.clock())) {
      ClockOffset.write(home.clock(), Duration.ZERO);
    }

    var infrastructure = Parts.<Object>inParallel(List.of(() -> postgres(secrets), this::kafka));
    var postgres = (Postgres) infrastructure.getFirst();
    var kafka = (KafkaBroker) infrastructure.getLast();
    var url = "http://localhost:" + gatewayPort;
    for (var part : services) {
      if (parts.alive(part).isEmpty()) {
        service(part, postgres.port(), kafka.bootstrapServers(), url, secrets);
      }
    }
    writeBackends(services);
    gateway(gatewayPort);
    var waits = new ArrayList<Callable<String>>();
    services.forEach(part -> waits.add(() -> awaitReady(part)));
    Parts.inParallel(waits);
    awaitReady(Parts.GATEWAY);
    return true;
  }

  /// Stops what this run has started and keeps it from starting more.
  void undo() {
    List<String> mine;
    synchronized (started) {
      undone = true;
      mine = List.copyOf(started);
    }
    parts.stop(mine);
  }

  private List<String> wanted() {
    var before =
        (int) parts.known().stream().filter(part -> part.startsWith("task-service")).count();
    var replicas = options.replicas().orElse(Math.max(1, before));
    return Services.ALL.stream()
        .flatMap(service -> Services.replicas(service, replicas).stream())
        .toList();
  }

  private void stopSurplus(List<String> services) {
    parts.stop(
        parts.known().stream()
            .filter(part -> !Services.serviceOf(part).isEmpty() && !services.contains(part))
            .toList());
  }

  /// A part that was killed a moment ago may still be there; give it the time to be gone, or to answer.
  private void settle() {
    var looks = new ArrayList<Callable<String>>();
    for (var part : parts.known()) {
      looks.add(() -> {
        var process = parts.alive(part).flatMap(RunFile::process);
        if (process.isPresent() && parts.status(part).state() == PartStatus.State.STARTING) {
          Detached.awaitExit(process.get(), SETTLE);
        }
        return part;
      });
    }
    Parts.inParallel(looks);
  }

  private boolean isComplete(List<String> services) {
    var needed = new ArrayList<>(List.of(Parts.POSTGRES, Parts.KAFKA, Parts.GATEWAY));
    needed.addAll(services);
    return Parts.inParallel(
            needed.stream().<Callable<PartStatus>>map(part -> () -> parts.status(part)).toList())
        .stream()
        .allMatch(status -> status.state() == PartStatus.State.RUNNING);
  }

  private int gatewayPort() {
    var before = parts.runFile(Parts.GATEWAY).map(RunFile::port).orElse(UpOptions.GATEWAY_PORT);
    var port = options.gatewayPort().orElse(before);
    if (parts.alive(Parts.GATEWAY).isPresent() && port != before && port != 0) {
      throw new StackException(
          "the gateway runs on port " + before + ": ./earnest down first, to move it to " + port);
    }
    return port != 0 ? port : parts.alive(Parts.GATEWAY).isPresent() ? before : Ports.free();
  }

  private void checkGatewayPort(int port) {
    var patience = parts.runFile(Parts.GATEWAY).isPresent() ? SETTLE : Duration.ZERO;
    if (parts.alive(Parts.GATEWAY).isEmpty() && !Ports.awaitFree(port, patience)) {
      throw new StackException(
          "port "
              + port
              + " is in use by another program: end it, or choose another port with ./earnest up --port N");
    }
  }

  private void checkDisk() {
    PrivateFiles.createFolder(home.folder());
    try {
      if (Files.getFileStore(home.folder()).getUsableSpace() < LEAST_FREE_BYTES) {
        throw new StackException(
            "the disk is full: " + home.folder() + " needs 256 MiB of free space");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Postgres postgres(Secrets secrets) {
    var alive = parts.alive(Parts.POSTGRES);
    var port = alive.map(RunFile::port).orElseGet(() -> portOf(Parts.POSTGRES, POSTGRES_PORT));
    var settings =
        new Postgres.Settings(home.data(Parts.POSTGRES), port, home.log(Parts.POSTGRES), true);
    var running = alive.flatMap(RunFile::process);
    if (running.isEmpty()) {
      Logs.rotate(settings.log());
    }
    var postgres =
        running.isPresent() ? Postgres.attach(settings, running.get()) : Postgres.launch(settings);
    if (running.isEmpty()) {
      started(Parts.POSTGRES, postgres.process(), port, 0);
    }
    postgres.awaitReady();
    Parts.inParallel(
        Databases.ALL.stream()
            .<Callable<String>>map(database ->
                () -> {
                  Databases.provision(postgres, database, secrets.passwords(database));
                  return database;
                })
            .toList());
    ready(Parts.POSTGRES, port);
    return postgres;
  }

  private KafkaBroker kafka() {
    var alive = parts.alive(Parts.KAFKA);
    var port = alive.map(RunFile::port).orElseGet(() -> portOf(Parts.KAFKA, KAFKA_PORT));
    var controller = alive.map(RunFile::otherPort).orElseGet(this::controllerPort);
    var settings =
        new KafkaBroker.Settings(
            home.data(Parts.KAFKA),
            port,
            controller,
            options.detour().port("clients", Parts.KAFKA, port),
            home.log(Parts.KAFKA));
    var running = alive.flatMap(RunFile::process);
    if (running.isEmpty()) {
      Logs.rotate(settings.log());
    }
    var kafka =
        running.isPresent()
            ? KafkaBroker.attach(settings, running.get())
            : KafkaBroker.launch(settings);
    if (running.isEmpty()) {
      started(Parts.KAFKA, kafka.process(), port, controller);
    }
    kafka.awaitReady();
    Topics.create(kafka);
    ready(Parts.KAFKA, port);
    return kafka;
  }

  /// The controller's port of before, too: Kafka keeps it in its data, and asks there first.
  private int controllerPort() {
    return parts
        .runFile(Parts.KAFKA)
        .map(before -> Ports.again(before.otherPort()))
        .orElseGet(Ports::free);
  }

  private void service(
      String part, int postgresPort, String bootstrapServers, String url, Secrets secrets) {
    var service = Services.serviceOf(part);
    var port = portOf(part, Services.preferredPort(part));
    var jdbcUrl = Postgres.jdbcUrl(options.detour().port(part, Parts.POSTGRES, postgresPort), "");
    var environment =
        Services.environment(service, port, jdbcUrl, bootstrapServers, url, home, secrets);
    var command = Services.command(repository, service, options.isNative());
    Logs.rotate(home.log(part));
    started(part, Detached.start(command, environment, home.log(part)), port, 0);
  }

  private void gateway(int port) {
    if (parts.alive(Parts.GATEWAY).isPresent()) {
      return;
    }
    var command =
        List.of(
            ClassPath.java(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            ClassPath.ofTheStack(),
            Gateway.class.getName(),
            Integer.toString(port),
            repository.resolve("deploy/routes.yaml").toString(),
            home.backends().toString());
    Logs.rotate(home.log(Parts.GATEWAY));
    started(Parts.GATEWAY, Detached.start(command, Map.of(), home.log(Parts.GATEWAY)), port, 0);
  }

  /// The port that the part had when it died is best: others may know it. Who does not mind where the gateway is, does
  /// not mind where the rest is either: several stacks may start at once then.
  private int portOf(String part, int preferred) {
    var before = parts.runFile(part).map(RunFile::port);
    if (before.isPresent()) {
      return Ports.again(before.get());
    }
    return options.gatewayPort().orElse(preferred) == 0 ? Ports.free() : Ports.preferred(preferred);
  }

  private void writeBackends(List<String> services) {
    var ports = new TreeMap<String, List<Integer>>();
    for (var service : Services.ALL) {
      ports.put(
          service,
          services.stream()
              .filter(part -> Services.serviceOf(part).equals(service))
              .flatMap(part -> parts.runFile(part).stream())
              .map(RunFile::port)
              .toList());
    }
    Backends.write(home.backends(), ports);
  }

  private void started(String part, ProcessHandle process, int port, int otherPort) {
    synchronized (started) {
      if (undone) {
        process.destroyForcibly();
        throw new StackException("interrupted");
      }
      started.add(part);
      RunFile.of(process, port, otherPort).write(home.runFile(part));
    }
  }

  private String awaitReady(String part) {
    var file =
        parts
            .runFile(part)
            .orElseThrow(() -> new StackException(part + " was stopped while it started"));
    var process = file.process();
    var giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!Http.isReady(file.port())) {
      if (process.isEmpty() || !Detached.isAlive(process.get())) {
        throw new StackException(
            part + " did not start: " + Logs.reason(home.log(part)) + " (" + home.log(part) + ")");
      }
      if (System.nanoTime() > giveUp) {
        throw new StackException(part + " does not become ready; see " + home.log(part));
      }
      Detached.awaitExit(process.get(), Duration.ofMillis(100));
    }
    ready(part, file.port());
    return part;
  }

  private void ready(String part, int port) {
    var seconds = (System.nanoTime() - begin) / 1e9;
    progress.accept(
        String.format(Locale.ROOT, "  %-20s ready on port %d (%.1f s)", part, port, seconds));
  }
}
