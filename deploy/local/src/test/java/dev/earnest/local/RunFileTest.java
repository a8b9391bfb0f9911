package dev.earnest.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {
  @TempDir Path folder;

  @Test
  void processIsFoundAgain() {
    var file = folder.resolve("part.pid");
    RunFile.of(ProcessHandle.current(), 8081, 0).write(file);

    var read = RunFile.read(file).orElseThrow();

    assertThat(read.port()).isEqualTo(8081);
    assertThat(read.process()).contains(ProcessHandle.current());
  }

  @Test
  void strangerWithTheSamePidIsNotOurs() {
    var own = RunFile.of(ProcessHandle.current(), 8081, 0);
    var other = new RunFile(own.pid(), own.startedMillis() - 60_000, 8081, 0);
    assertThat(other.process()).isEmpty();
  }

  @Test
  void noFileIsNoProcess() {
    assertThat(RunFile.read(folder.resolve("none.pid"))).isEmpty();
  }
}
