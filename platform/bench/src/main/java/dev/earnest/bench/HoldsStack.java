package dev.earnest.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.earnest.local.client.Marketplace;
import dev.earnest.local.identity.SigningKeys;
import dev.earnest.local.identity.TokenIssuer;
import dev.earnest.local.identity.TokenRequest;
import dev.earnest.local.kafka.KafkaBroker;
import dev.earnest.local.kafka.Topics;
import dev.earnest.local.postgres.Databases;
import dev.earnest.local.postgres.Postgres;
import dev.earnest.local.process.ClassPath;
import dev.earnest.local.process.Detached;
import dev.earnest.local.process.Ports;
import dev.earnest.local.process.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/// A PostgreSQL, a Kafka and an escrow-service of the bench's own; task-service is played.
final class HoldsStack implements AutoCloseable {
  static final int BUYERS = 8;

  /// How many events escrow-service takes at once when nobody says otherwise.
  static final int BATCH = 500;

  private static final String DATABASE = "escrow";
  private static final String TYPE = "earnest.task.created.v1";
  private static final Databases.Passwords PASSWORDS =
      new Databases.Passwords("benchowner", "benchrunner");
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path folder;
  private final Path repository;
  private final Postgres postgres;
  private final KafkaBroker kafka;
  private final String example;
  private long held;

  private HoldsStack(Path folder, Path repository, Postgres postgres, KafkaBroker kafka)
      throws IOException {
    this.folder = folder;
    this.repository = repository;
    this.postgres = postgres;
    this.kafka = kafka;
    this.example = Files.readString(repository.resolve(Scratch.EXAMPLE.formatted(TYPE)));
  }

  static HoldsStack start(Path folder, Path repository) throws IOException {
    Postgres postgres = Postgres.start(folder.resolve("postgres"), Ports.free());
    try {
      KafkaBroker kafka = KafkaBroker.start(folder.resolve("kafka"), Ports.free());
      Topics.create(kafka);
      Databases.provision(postgres, DATABASE, PASSWORDS);
      return new HoldsStack(folder, repository, postgres, kafka);
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  Postgres postgres() {
    return postgres;
  }

  /// @param batch how many events it takes at once
  Service service(int batch) {
    return new Service(batch);
  }

  @Override
  public void close() {
    kafka.close();
    postgres.close();
  }

  /// escrow-service as it is built, with its usual settings but for the size of its batches.
  final class Service implements AutoCloseable {
    private final ProcessHandle process;
    private final Marketplace client;

    private Service(int batch) {
      int port = Ports.free();
      SigningKeys keys = SigningKeys.in(folder.resolve("keys"));
      TokenIssuer issuer = new TokenIssuer(keys.privateKey());
      client =
          new Marketplace(
              "http://127.0.0.1:" + port,
              person -> issuer.issue(TokenRequest.of(person.account(), person.roles())));
      Path jar = repository.resolve("escrow-service/target/quarkus-app/quarkus-run.jar");
      process =
          Detached.start(
              List.of(
                  ClassPath.java(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "-Dearnest.consumer.max-poll-records=" + batch,
                  "-jar",
                  jar.toString()),
              environment(port, keys),
              folder.resolve("escrow-service-" + batch + ".log"));
      awaitReady(port);
    }

    private Map<String, String> environment(int port, SigningKeys keys) {
      return Map.ofEntries(
          Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
          Map.entry("QUARKUS_HTTP_PORT", Integer.toString(port)),
          Map.entry("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(DATABASE)),
          Map.entry("QUARKUS_DATASOURCE_USERNAME", Databases.runner(DATABASE)),
          Map.entry("QUARKUS_DATASOURCE_PASSWORD", PASSWORDS.runner()),
          Map.entry("QUARKUS_FLYWAY_USERNAME", Databases.owner(DATABASE)),
          Map.entry("QUARKUS_FLYWAY_PASSWORD", PASSWORDS.owner()),
          Map.entry("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()),
          Map.entry("MP_JWT_VERIFY_PUBLICKEY_LOCATION", keys.publicKeyFile().toUri().toString()),
          Map.entry("MP_JWT_VERIFY_ISSUER", TokenRequest.ISSUER),
          Map.entry("MP_JWT_VERIFY_AUDIENCES", TokenRequest.AUDIENCE),
          Map.entry("EARNEST_SECRET", "YmVuY2gtb25seS1zZWNyZXQtb2YtMzItYnl0ZXMhISE="),
          Map.entry("EARNEST_PUBLIC_URL", "http://127.0.0.1:" + port));
    }

    private void awaitReady(int port) {
      long giveUp = System.nanoTime() + START.toNanos();
      while (Ports.isFree(port) || !isReady()) {
        if (!Detached.isAlive(process) || System.nanoTime() > giveUp) {
          throw new StackException("escrow-service did not start; its log is in " + folder);
        }
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }

    private boolean isReady() {
      return client.get(admin(), "/q/health/ready").status() == 200;
    }

    void fillWallets() {
      for (int i = 0; i < BUYERS; i++) {
        Client.expect(
            201,
            client.post(
                admin(),
                "/api/v1/wallet/deposits",
                "{\"account\": \"bench-%d\", \"amount\": 1000000000, \"reference\": \"bench-%d\"}"
                    .formatted(i, i)));
      }
    }

    boolean isLedgerClean() {
      return Client.expect(200, client.get(admin(), "/api/v1/admin/ledger/check"))
          .body()
          .at("/check/ok")
          .asBoolean();
    }

    /// Tells of new tasks and waits until the budget of each is held.
    ///
    /// @return holds a second, from the first event told to the last budget held
    double hold(int count) throws SQLException {
      long start = System.nanoTime();
      tell(count);
      held += count;
      awaitHolds(held);
      return count * 1e9 / (System.nanoTime() - start);
    }

    private void tell(int count) {
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(
              Map.of(
                  ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                  kafka.bootstrapServers(),
                  ProducerConfig.LINGER_MS_CONFIG,
                  5),
              new StringSerializer(),
              new StringSerializer())) {
        for (int i = 0; i < count; i++) {
          producer.send(created("bench-" + i % BUYERS));
        }
      }
    }

    private void awaitHolds(long wanted) throws SQLException {
      long giveUp = System.nanoTime() + PATIENCE.toNanos();
      try (Connection connection = postgres.connectAsSuperuser(DATABASE);
          Statement statement = connection.createStatement()) {
        // the sequence is looked at while it runs, for it costs nothing; the rows are what counts
        while (number(statement, "SELECT last_value FROM transfers_position_seq") < wanted
            || number(statement, "SELECT count(*) FROM holds WHERE state = 'HELD'") < wanted) {
          if (System.nanoTime() > giveUp || !Detached.isAlive(process)) {
            throw new StackException("escrow-service does not get on; its log is in " + folder);
          }
          LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
      }
    }

    @Override
    public void close() {
      Detached.stop(process, "TERM", Duration.ofSeconds(30));
    }
  }

  private ProducerRecord<String, String> created(String buyer) {
    String task = UuidCreator.getTimeOrderedEpoch().toString();
    String value =
        example
            .replaceFirst("(\"id\": )\"[^\"]*\"", "$1\"" + task + "\"")
            .replaceFirst("(\"buyer\": )\"[^\"]*\"", "$1\"" + buyer + "\"");
    ProducerRecord<String, String> event = new ProducerRecord<>("task.events", task, value);
    Map.of(
            "ce_specversion",
            "1.0",
            "ce_id",
            UUID.randomUUID().toString(),
            "ce_type",
            TYPE,
            "ce_source",
            "/bench",
            "ce_time",
            Instant.now().toString(),
            "ce_subject",
            task)
        .forEach((name, text) -> event.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return event;
  }

  private static Marketplace.Person admin() {
    return new Marketplace.Person("bench-admin", "admin");
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
