package dev.earnest.messaging;

import static dev.earnest.messaging.Story.as;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.WebhookReceiver;
import dev.earnest.testkit.WebhookReceiver.Answer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Receivers that mean no good, or do no good.
@RealService
class WebhookHostilityTest {
  private static final byte[] OK = "HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1);
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(10));

  @Test
  void nobodyHasMoreThanTenSecondsAndASlowOneHasThose() throws IOException {
    try (RawReceiver hanging =
            new RawReceiver(
                caller -> caller.getInputStream().transferTo(OutputStream.nullOutputStream()));
        RawReceiver drippingHead = new RawReceiver(caller -> drip(caller, "X-Drop: "));
        RawReceiver drippingBody =
            new RawReceiver(caller -> drip(caller, "Content-Length: 1000000\r\n\r\n"));
        WebhookReceiver slow = new WebhookReceiver()) {
      slow.answer(new Answer(200, Map.of(), "", Duration.ofSeconds(4)));
      List<Story> stuck =
          List.of(hanging, drippingHead, drippingBody).stream()
              .map(bad -> new Story().callback(bad.url()).assigned())
              .toList();
      Story patient = new Story().callback(slow.url()).assigned();
      patient.awaitDelivery("DELIVERED");
      for (Story story : stuck) {
        await().atMost(Duration.ofSeconds(30)).until(() -> Hooks.attempts(story) == 1);
        JsonPath log = story.deliveries();
        assertThat(log.getString("deliveries[0].attempts[0].error")).contains("within 10 s");
        assertThat(log.getLong("deliveries[0].attempts[0].durationMillis"))
            .isBetween(9_500L, 13_000L);
      }
      await().until(() -> hanging.answered() + drippingHead.answered() == 2);
    }
  }

  private static void drip(Socket caller, String begin) throws IOException, InterruptedException {
    OutputStream out = caller.getOutputStream();
    out.write(OK);
    out.write(begin.getBytes(ISO_8859_1));
    while (true) {
      out.write('x');
      out.flush();
      Thread.sleep(100);
    }
  }

  @Test
  void tenMebibytesAreNotTaken() throws IOException {
    AtomicLong taken = new AtomicLong();
    byte[] kibibyte = new byte[1024];
    try (RawReceiver flooding =
        new RawReceiver(caller -> {
          OutputStream out = caller.getOutputStream();
          out.write(OK);
          out.write("Content-Length: 104857600\r\n\r\n".getBytes(ISO_8859_1));
          for (int i = 0; i < 100 * 1024; i++) {
            out.write(kibibyte);
            taken.addAndGet(kibibyte.length);
          }
        })) {
      Story story = new Story().callback(flooding.url()).assigned();
      story.awaitDelivery("DELIVERED");
      await().until(() -> flooding.answered() == 1);
      // what the kernels on both ends had room for
      assertThat(taken.get()).isLessThan(20L << 20);
    }
  }

  @Test
  void redirectToTheMetadataServiceIsNotFollowed() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      receiver.answer(
          new Answer(
              302,
              Map.of("Location", "http://169.254.169.254/latest/meta-data/"),
              "",
              Duration.ZERO));
      Story story = new Story().callback(receiver.url()).assigned();
      Hooks.awaitAttempts(story, 1);
      JsonPath log = story.deliveries();
      assertThat(log.getInt("deliveries[0].attempts[0].statusCode")).isEqualTo(302);
      assertThat(log.getString("deliveries[0].attempts[0].error")).isEqualTo("status 302");
      assertThat(log.getLong("deliveries[0].attempts[0].durationMillis")).isLessThan(5_000);
    }
  }

  @Test
  void resetIsAFailedAttempt() throws IOException {
    try (RawReceiver resetting = new RawReceiver(caller -> caller.setSoLinger(true, 0))) {
      Story story = new Story().callback(resetting.url()).assigned();
      Hooks.awaitAttempts(story, 1);
      assertThat(story.deliveryStates()).containsExactly("PENDING");
      assertThat(story.deliveries().getString("deliveries[0].attempts[0].error")).isNotEmpty();
    }
  }

  @Test
  void certificateThatNobodyVouchesForIsNotBelieved(@TempDir Path folder) throws Exception {
    AtomicLong heard = new AtomicLong();
    try (RawReceiver pretender =
        new RawReceiver(
            "https", selfSigned(folder), caller -> heard.addAndGet(read(caller).length))) {
      Story story = new Story().callback(pretender.url()).assigned();
      Hooks.awaitAttempts(story, 1);
      assertThat(story.deliveries().getString("deliveries[0].attempts[0].error"))
          .containsIgnoringCase("handshake");
      assertThat(heard).hasValue(0);
    }
  }

  private static byte[] read(Socket caller) throws IOException {
    return caller.getInputStream().readNBytes(1);
  }

  private static ServerSocketFactory selfSigned(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve("store.p12");
    String password = "changeit";
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                password)
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, password.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls.getServerSocketFactory();
  }

  @Test
  void refusalForeverIsTriedEightTimesThenForFiveDaysAndThenItsOwnerHasToEnableIt() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Answer[] refusals = new Answer[100];
      java.util.Arrays.fill(refusals, Answer.status(500));
      receiver.answer(refusals);
      Story story = new Story().callback(receiver.url()).assigned();
      for (int attempt = 1; attempt <= PAUSES.size(); attempt++) {
        Hooks.awaitAttempts(story, attempt);
        TestClock.advance(PAUSES.get(attempt - 1));
      }
      story.awaitDelivery("FAILED");
      Hooks.awaitAttempts(story, 8);
      JsonPath endpoint = callback(story);
      assertThat(endpoint.getBoolean("webhooks[0].enabled")).isTrue();
      assertThat(endpoint.getString("webhooks[0].failingSince")).isNotNull();

      TestClock.advance(Duration.ofDays(4));
      story.delivered();
      await().until(() -> !callback(story).getBoolean("webhooks[0].enabled"));

      JsonPath disabled = callback(story);
      assertThat(disabled.getString("webhooks[0].disabledReason")).isEqualTo("failing");
      assertThat(story.deliveryStates()).containsExactly("DISCARDED", "FAILED");
      story.completed().heard(3);
      assertThat(story.deliveryStates()).hasSize(2);

      receiver.forgetAnswers();
      String id = disabled.getString("webhooks[0].id");
      Hooks.patch(story.buyerToken(), id, "{\"enabled\": true}", 200);
      String lost = story.deliveries().getString("deliveries[0].id");
      as(story.buyerToken())
          .post(Hooks.PATH + "/deliveries/" + lost + "/replay")
          .then()
          .statusCode(202);
      await().until(() -> story.deliveryStates().equals(List.of("DELIVERED", "FAILED")));
    }
  }

  @Test
  void receiverThatAsksForAPauseGetsItForAllThatIsItsOwn() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      receiver.answer(new Answer(429, Map.of("Retry-After", "60"), "", Duration.ZERO));
      Story story = new Story().callback(receiver.url()).assigned();
      Hooks.awaitAttempts(story, 1);
      assertThat(callback(story).getString("webhooks[0].pausedUntil")).isNotNull();
      story.delivered().heard(2);
      TestClock.advance(Duration.ofSeconds(30));
      // somebody else is served meanwhile, so there was time to do it wrong
      try (WebhookReceiver other = new WebhookReceiver()) {
        new Story().callback(other.url()).assigned().awaitDelivery("DELIVERED");
      }
      Hooks.awaitAttempts(story, 1);
      TestClock.advance(Duration.ofSeconds(30));
      assertThat(receiver.await(3).stream().map(Hooks::type).collect(Collectors.toSet()))
          .containsExactlyInAnyOrder("task.executing", "task.delivered");
      await().until(() -> story.deliveryStates().stream().allMatch("DELIVERED"::equals));
    }
  }

  @Test
  void circuitBreakerOpensAfterTenFailuresInARowAndOneAttemptDecides() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Answer[] refusals = new Answer[11];
      java.util.Arrays.fill(refusals, Answer.status(500));
      receiver.answer(refusals);
      Story story = new Story();
      String id = Hooks.subscribe(story.buyerToken(), receiver.url()).getString("webhook.id");
      story.created();
      for (int i = 1; i < 14; i++) {
        story.progressed(i, "on it");
      }
      story.heard(14);
      await()
          .until(() -> Hooks.get(story.buyerToken(), id).getString("webhook.pausedUntil") != null);
      Hooks.awaitAttempts(story, 10);
      TestClock.advance(Duration.ofSeconds(5));
      Hooks.awaitAttempts(story, 11);
      assertThat(receiver.received()).hasSize(11);
      TestClock.advance(Duration.ofSeconds(10));
      await().until(() -> story.deliveryStates().stream().allMatch("DELIVERED"::equals));
      assertThat(Hooks.get(story.buyerToken(), id).getString("webhook.pausedUntil")).isNull();
    }
  }

  private static JsonPath callback(Story story) {
    return as(story.buyerToken()).get(Hooks.PATH + "?kind=callback").jsonPath();
  }
}
