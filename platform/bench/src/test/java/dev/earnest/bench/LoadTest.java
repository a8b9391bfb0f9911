package dev.earnest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.local.process.StackException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @Test
  void everyLifecycleOfTheWindowIsCountedWithItsSteps() {
    AtomicLong lived = new AtomicLong();
    Person person =
        watch -> {
          lived.incrementAndGet();
          watch.lap("only");
        };

    Measured measured = new Load(new Options(2, Duration.ZERO, SHORT)).run(List.of(person, person));

    // the last one of each person may end after the window
    assertThat(measured.lifecycles()).isBetween(lived.get() - 2, lived.get());
    assertThat(measured.steps()).containsOnlyKeys("only", Stopwatch.WHOLE);
  }

  @Test
  void warmUpIsNotCounted() {
    Person person = _ -> {};

    Measured measured = new Load(new Options(1, SHORT, Duration.ZERO)).run(List.of(person));

    assertThat(measured.lifecycles()).isZero();
  }

  @Test
  void lifecycleThatEndsWronglyFailsTheRun() {
    Person person =
        _ -> {
          throw new StackException("not paid");
        };

    assertThatThrownBy(() -> new Load(new Options(1, Duration.ZERO, SHORT)).run(List.of(person)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("not paid");
  }
}
