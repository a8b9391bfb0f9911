package dev.earnest.kit.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.kit.problem.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final Instant NOW = Instant.parse("2026-03-11T10:30:00.123Z");
  private final Ids ids = new Ids(InstantSource.fixed(NOW));
  private final JustCreated justCreated = new JustCreated(InstantSource.fixed(NOW));

  @Test
  void idsAreTimeOrderedByTheServicesClockAndNeverTwiceTheSame() {
    List<String> made = Stream.generate(() -> ids.next().toString()).limit(10_000).toList();
    assertThat(made).doesNotHaveDuplicates().isSorted();
    UUID id = ids.next();
    assertThat(id.version()).isEqualTo(7);
    assertThat(Ids.madeAt(id)).isBetween(NOW, NOW.plusSeconds(1));
    assertThat(Ids.madeAt(UUID.randomUUID())).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "7", "not-a-uuid", "0-0-0-0-0", "0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e0g"})
  void whatIsNoIdIsNotFoundInAPathAndInvalidInABody(String text) {
    assertThatThrownBy(() -> Ids.parse(text, "task"))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(404));
    assertThatThrownBy(() -> Ids.parseField("agentId", text))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(400);
              assertThat(refusal.errors().getFirst().field()).isEqualTo("agentId");
            });
  }

  @Test
  void youngIdIsLookedForAgain() {
    AtomicInteger looks = new AtomicInteger();
    Optional<String> found =
        justCreated.find(
            ids.next(),
            () -> looks.incrementAndGet() < 3 ? Optional.empty() : Optional.of("there"));
    assertThat(found).contains("there");
    assertThat(looks).hasValue(3);
  }

  @Test
  void oldOrForeignIdIsLookedForOnce() {
    UUID old = new Ids(InstantSource.fixed(NOW.minusSeconds(11))).next();
    for (UUID id : List.of(old, UUID.randomUUID())) {
      AtomicInteger looks = new AtomicInteger();
      assertThat(
              justCreated.find(
                  id,
                  () -> {
                    looks.incrementAndGet();
                    return Optional.empty();
                  }))
          .isEmpty();
      assertThat(looks).hasValue(1);
    }
  }

  @Test
  void patienceEnds() {
    long start = System.nanoTime();
    assertThat(justCreated.find(ids.next(), Optional::empty)).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(1900), Duration.ofSeconds(10));
  }
}
