package dev.earnest.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/// What a part's log says about why it did not start.
public final class Logs {
  private static final int TAIL_BYTES = 32 * 1024;

  private Logs() {}

  /// Puts the log of the part's earlier life aside, so that a failure is not explained with what happened then.
  public static void rotate(Path log) {
    if (Files.exists(log)) {
      try {
        Files.move(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new StackException("cannot move " + log + ": " + e.getMessage(), e);
      }
    }
  }

  public static String tail(Path log) {
    try (var channel = Files.newByteChannel(log)) {
      channel.position(Math.max(0, channel.size() - TAIL_BYTES));
      var bytes = java.nio.channels.Channels.newInputStream(channel).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException _) {
      return "";
    }
  }

  /// One reason in words: a full disk is named as such, else the last line that looks like an error.
  public static String reason(Path log) {
    var tail = tail(log);
    var lower = tail.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left on device") || lower.contains("disk quota exceeded")) {
      return "the disk is full";
    }
    var last = "";
    for (var line : tail.lines().toList()) {
      if (line.matches("(?i).*(fatal|severe|error|exception|failed).*")
          && !line.stripLeading().startsWith("at ")
          // what the JVM says on its way out is not why it went
          && !line.contains("CDS dumping")) {
        last = line.strip();
      }
    }
    return last.length() > 300 ? last.substring(0, 300) + "…" : last;
  }
}
