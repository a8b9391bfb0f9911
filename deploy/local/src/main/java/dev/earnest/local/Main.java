package dev.earnest.local;

import dev.earnest.local.identity.TokenRequest;
import dev.earnest.local.process.StackException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The commands of `./earnest` that need more than a shell.
public final class Main {
  private static final Logger ROOT = Logger.getLogger("");

  private final Stack stack;
  private final Arguments arguments;

  private Main(Stack stack, Arguments arguments) {
    this.stack = stack;
    this.arguments = arguments;
  }

  /// @param words the repository, the stack's folder, the command and its arguments
  public static void main(String[] words) {
    ROOT.setLevel(Level.SEVERE);
    var arguments = new Arguments(Arrays.asList(words).subList(3, words.length));
    var command = new Main(new Stack(Path.of(words[0]), Path.of(words[1])), arguments);
    try {
      command.run(words[2]);
    } catch (StackException e) {
      System.err.println("earnest: " + e.getMessage());
      System.exit(1);
    } catch (UncheckedIOException e) {
      System.err.println("earnest: " + e.getCause());
      System.exit(1);
    }
  }

  private void run(String command) {
    switch (command) {
      case "up" -> up();
      case "down" -> down();
      case "status" -> status();
      case "reset" -> reset();
      case "clock" -> clock();
      case "token" -> token();
      default ->
          throw new StackException("there is no command '" + command + "'; see ./earnest help");
    }
  }

  private void up() {
    var detach = arguments.flag("--detach");
    var options = UpOptions.defaults();
    var port = arguments.number("--port", 1, 65_535);
    if (port != null) {
      options = options.port(port);
    }
    var replicas = arguments.number("--replicas", 1, 9);
    if (replicas != null) {
      options = options.replicas(replicas);
    }
    if (arguments.flag("--native")) {
      options = options.natively();
    }
    arguments.end();

    var foreground = new Foreground(stack);
    foreground.guardStart();
    if (!stack.up(options, System.out::println)) {
      foreground.release();
      System.out.println("The marketplace already runs on " + stack.url());
      return;
    }
    var tries =
        detach
            ? "./earnest demo, ./earnest status, ./earnest down"
            : "./earnest demo (in another terminal)";
    System.out.println("The marketplace is ready on " + stack.url() + ". Try: " + tries);
    if (detach) {
      foreground.release();
    } else {
      System.out.println("Ctrl-C stops it.");
      foreground.stay();
    }
  }

  private void down() {
    arguments.end();
    System.out.println(
        stack.down()
            ? "Stopped. The data stay; ./earnest reset deletes them."
            : "Nothing was running.");
  }

  private void status() {
    var json = arguments.flag("--json");
    arguments.end();
    var all = stack.status();
    if (json) {
      System.out.println(
          all.stream()
              .map(part ->
                  "{\"name\":\"%s\",\"pid\":%s,\"state\":\"%s\"}"
                      .formatted(
                          part.name(), part.pid() == 0 ? "null" : "" + part.pid(), part.word()))
              .collect(Collectors.joining(",", "[", "]")));
      return;
    }
    System.out.printf("%-22s %-10s %8s %6s%n", "NAME", "STATE", "PID", "PORT");
    for (var part : all) {
      var pid = part.pid() == 0 ? "-" : "" + part.pid();
      System.out.printf(
          "%-22s %-10s %8s %6s%n",
          part.name(), part.word(), pid, part.port() == 0 ? "-" : "" + part.port());
    }
  }

  private void reset() {
    var sure = arguments.flag("--yes");
    arguments.end();
    var console = System.console();
    if (!sure && console != null && console.isTerminal()) {
      var answer = console.readLine("Delete all data of the local marketplace? [y/N] ");
      if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
        throw new StackException("nothing was deleted");
      }
    }
    var deleted = stack.reset();
    deleted.forEach(path -> System.out.println("deleted " + path));
    if (deleted.isEmpty()) {
      System.out.println("There was nothing to delete.");
    }
  }

  private void clock() {
    var step = arguments.word("a step such as +24h, or reset");
    arguments.end();
    var ahead = stack.clock(step);
    System.out.println(
        ahead.isZero()
            ? "The services' clock shows the real time."
            : "The services' clock is ahead by " + text(ahead) + ".");
  }

  private void token() {
    var name = arguments.word("a NAME");
    var request = TokenRequest.of(name, roles(arguments.value("--role")));
    var audience = arguments.value("--audience");
    if (audience != null) {
      request = request.audience(audience);
    }
    var seconds = arguments.number("--expires", Integer.MIN_VALUE, Integer.MAX_VALUE);
    if (seconds != null) {
      request = request.lifetime(Duration.ofSeconds(seconds));
    }
    arguments.end();
    System.out.println(stack.token(request));
  }

  private static String[] roles(@Nullable String list) {
    var roles = list == null ? List.of("buyer") : Arrays.asList(list.split(",", -1));
    for (var role : roles) {
      if (!TokenRequest.ROLES.contains(role)) {
        throw new StackException(
            "there is no role '" + role + "'; roles are " + String.join(", ", TokenRequest.ROLES));
      }
    }
    return roles.toArray(String[]::new);
  }

  private static String text(Duration duration) {
    var days = duration.toDays() > 0 ? duration.toDays() + "d " : "";
    return days
        + "%02d:%02d:%02d"
            .formatted(duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart());
  }
}
