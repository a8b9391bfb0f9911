package dev.earnest.local;

import dev.earnest.local.PartStatus.State;
import dev.earnest.local.process.StackException;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The command that stays with the stack: Ctrl-C stops everything in order, and an `./earnest down` elsewhere ends it.
final class Foreground {
  private enum Phase {
    STARTING,
    RUNNING,
    RELEASED
  }

  private final Stack stack;
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile Phase phase = Phase.RELEASED;

  Foreground(Stack stack) {
    this.stack = stack;
    Runtime.getRuntime().addShutdownHook(new Thread(this::atExit));
  }

  /// From now on an interruption stops what was started so far.
  void guardStart() {
    phase = Phase.STARTING;
  }

  void release() {
    phase = Phase.RELEASED;
  }

  /// Returns when the stack was stopped by somebody else; says when a part dies.
  void stay() {
    phase = Phase.RUNNING;
    var dead = new HashSet<String>();
    while (!pause()) {
      var all = stack.status();
      if (all.stream().allMatch(part -> part.state() == State.STOPPED)) {
        phase = Phase.RELEASED;
        return;
      }
      for (var part : all) {
        if (part.state() == State.DEAD && dead.add(part.name())) {
          System.err.println(
              part.name()
                  + " has died; ./earnest up in another terminal starts it again. See "
                  + stack.log(part.name()));
        } else if (part.state() == State.RUNNING) {
          dead.remove(part.name());
        }
      }
    }
  }

  private boolean pause() {
    try {
      return end.await(2, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void atExit() {
    end.countDown();
    try {
      switch (phase) {
        case STARTING -> stack.interruptStart();
        case RUNNING -> {
          System.out.println("Stopping …");
          stack.down();
        }
        case RELEASED -> {}
      }
    } catch (StackException e) {
      System.err.println("earnest: " + e.getMessage());
    }
  }
}
