package dev.earnest.local.process;

import org.jspecify.annotations.Nullable;

/// What went wrong in one line that a person can act on; the command prints it and nothing else.
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StackException(String line) {
    super(line);
  }

  public StackException(String line, @Nullable Throwable cause) {
    super(line, cause);
  }
}
