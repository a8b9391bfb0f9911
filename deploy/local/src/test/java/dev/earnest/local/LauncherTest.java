package dev.earnest.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the shell script finds a JDK. The folders are fakes: it believes the `release` file.
class LauncherTest {
  @TempDir Path folder;

  @Test
  void javaHomeIsTakenWhenItWillDo() throws Exception {
    var newer = jdk("jdk-26", "26.0.1");
    jdk("found/jdk-25", "25");
    assertThat(run(Map.of("JAVA_HOME", newer.toString())).output()).isEqualTo(newer.toString());
  }

  @Test
  void oldJavaHomeIsPassedOver() throws Exception {
    var old = jdk("jdk-17", "17.0.9");
    var good = jdk("found/jdk-25", "25.0.1");
    assertThat(run(Map.of("JAVA_HOME", old.toString())).output()).isEqualTo(good.toString());
  }

  @Test
  void oldestThatWillDoIsFoundInTheUsualFolders() throws Exception {
    jdk("found/a-27", "27");
    var good = jdk("found/b-25", "25.0.2");
    jdk("found/c-21", "21.0.1");
    assertThat(run(Map.of()).output()).isEqualTo(good.toString());
  }

  @Test
  void runtimeWithoutACompilerIsNoJdk() throws Exception {
    var runtime = jdk("found/jre-25", "25");
    Files.delete(runtime.resolve("bin/javac"));
    assertThat(run(Map.of("JAVA_HOME", runtime.toString())).exitCode()).isEqualTo(1);
  }

  @Test
  void withoutAJdkItSaysHowToGetOne() throws Exception {
    var result = run(Map.of());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .startsWith("earnest: needs a JDK 25")
        .contains("JAVA_HOME")
        .doesNotContain("\n");
  }

  @Test
  void nativeProgramsThatAreBuiltNeedNothingToBuildThem() throws Exception {
    var repository = Files.createDirectories(folder.resolve("repository"));
    var launcher = Files.copy(Path.of("../../earnest"), repository.resolve("earnest"));
    Files.createDirectories(repository.resolve("deploy/local/target/lib"));
    Files.createFile(repository.resolve("deploy/local/target/local-stack-1.0.jar"));
    for (var service : Services.ALL) {
      var target = Files.createDirectories(repository.resolve(service).resolve("target"));
      Files.createFile(target.resolve(service + "-1.0-runner"));
    }
    var jdk = jdk("jdk-25", "25");
    script(jdk.resolve("bin/java"), "echo \"$@\"");
    var environment = Map.of("JAVA_HOME", jdk.toString());
    var command = List.of(launcher.toString(), "up", "--native");

    assertThat(run(environment, command).output()).endsWith(" up --native");

    Files.delete(repository.resolve("escrow-service/target/escrow-service-1.0-runner"));
    var result = run(environment, command);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .startsWith("earnest: --native needs GraalVM's native-image")
        .endsWith("to build escrow-service");
  }

  private record Result(int exitCode, String output) {}

  private Path jdk(String name, String version) throws Exception {
    var home = folder.toRealPath().resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    for (var program : List.of("java", "javac")) {
      script(home.resolve("bin").resolve(program), "exit 1");
    }
    return home;
  }

  private static void script(Path file, String line) throws Exception {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Result run(Map<String, String> environment) throws Exception {
    return run(environment, List.of("../../earnest", "jdk"));
  }

  /// Runs it with a search path that has the tools it needs and no Java.
  private Result run(Map<String, String> environment, List<String> words) throws Exception {
    var tools = folder.resolve("tools");
    Files.createDirectories(tools);
    for (var tool : List.of("bash", "dirname", "sed", "head", "readlink", "cat", "ls", "find")) {
      for (var place : List.of("/bin", "/usr/bin")) {
        if (Files.exists(Path.of(place, tool)) && !Files.exists(tools.resolve(tool))) {
          script(tools.resolve(tool), "exec " + Path.of(place, tool) + " \"$@\"");
        }
      }
    }
    var command = new ArrayList<>(List.of(tools.resolve("bash").toString()));
    command.addAll(words);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("EARNEST_JDK_FOLDERS", folder.toRealPath() + "/found/*");
    builder.environment().putAll(environment);
    var process = builder.start();
    var output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Result(process.waitFor(), output);
  }
}
