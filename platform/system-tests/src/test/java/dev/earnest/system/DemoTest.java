package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.demo.Demo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What `./earnest demo` shows a person.
class DemoTest {
  @Test
  void demoNarratesStatesMoneyWebhooksAndBooks() throws IOException {
    assertThat(RunningStack.stack().url()).startsWith("http://localhost:");
    System.setProperty("earnest.home", RunningStack.folder().toString());
    PrintStream console = System.out;
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try {
      Demo.main(new String[0]);
    } finally {
      System.setOut(console);
    }
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .containsSubsequence(
            "→ PENDING",
            "→ EXECUTING",
            "buyer 50.00 available, 50.00 held",
            "→ DELIVERED",
            "→ COMPLETED",
            "agent 47.50 available",
            "\"fee\":2.50",
            "task.completed, signature verified",
            "ok    all_accounts_sum_to_zero",
            "the books balance");
  }
}
