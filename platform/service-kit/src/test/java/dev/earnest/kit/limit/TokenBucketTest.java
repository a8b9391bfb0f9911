package dev.earnest.kit.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.kit.limit.TokenBucket.Level;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void startsFullEmptiesAndFillsUpAgain() {
    TokenBucket bucket = new TokenBucket(2, 3, 0);
    assertThat(bucket.take(0)).isEqualTo(new Level(true, 2, Duration.ZERO, half(1)));
    assertThat(bucket.take(0)).isEqualTo(new Level(true, 1, Duration.ZERO, half(2)));
    assertThat(bucket.take(0)).isEqualTo(new Level(true, 0, half(1), half(3)));
    assertThat(bucket.take(0)).isEqualTo(new Level(false, 0, half(1), half(3)));

    assertThat(bucket.take(SECOND / 2).taken()).isTrue();
    assertThat(bucket.take(SECOND / 2).taken()).isFalse();
  }

  @Test
  void neverHoldsMoreThanItsBurst() {
    TokenBucket bucket = new TokenBucket(2, 3, 0);

    assertThat(bucket.look(1000 * SECOND)).isEqualTo(new Level(true, 3, Duration.ZERO, half(0)));
  }

  @Test
  void lookingTakesNothing() {
    TokenBucket bucket = new TokenBucket(1, 1, 0);

    assertThat(bucket.look(0).taken()).isTrue();
    assertThat(bucket.look(0).taken()).isTrue();
    assertThat(bucket.take(0).taken()).isTrue();
    assertThat(bucket.look(0).taken()).isFalse();
  }

  private static Duration half(int seconds) {
    return Duration.ofMillis(500L * seconds);
  }
}
