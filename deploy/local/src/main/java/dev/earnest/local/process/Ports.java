package dev.earnest.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Hands out TCP ports, none of them twice within one JVM. They lie below those that Linux and macOS give to outgoing
/// connections: a part that died finds its port again.
public final class Ports {
  private static final int FIRST = 15_000;
  private static final int COUNT = 17_000;

  /// JVMs of one machine begin far apart, so that two of them do not find the same port free at once.
  private static final int APART = 97;

  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Set<Integer> GIVEN = new HashSet<>();
  private static int next = (int) (ProcessHandle.current().pid() * APART % COUNT);

  private Ports() {}

  /// The port that a part had before it died, once it is free again, else a free one.
  public static int again(int port) {
    return awaitFree(port, Duration.ofSeconds(3)) ? port : free();
  }

  /// The preferred port where it is free, else a free one.
  public static synchronized int preferred(int port) {
    if (!GIVEN.contains(port) && isFree(port)) {
      GIVEN.add(port);
      return port;
    }
    return free();
  }

  /// The port of a process that has just died, which the system may take a moment to give back.
  public static boolean awaitFree(int port, Duration atMost) {
    var giveUp = System.nanoTime() + atMost.toNanos();
    while (!isFree(port)) {
      if (System.nanoTime() - giveUp > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    return true;
  }

  public static synchronized int free() {
    for (var tried = 0; tried < COUNT; tried++) {
      var port = FIRST + next;
      next = (next + 1) % COUNT;
      if (!GIVEN.contains(port) && isFree(port)) {
        GIVEN.add(port);
        return port;
      }
    }
    throw new StackException("no free port between " + FIRST + " and " + (FIRST + COUNT));
  }

  /// Free on every address: a listener on just one of them would still take our calls.
  public static boolean isFree(int port) {
    return canBind(new InetSocketAddress(port))
        && canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static boolean canBind(InetSocketAddress address) {
    try (var socket = new ServerSocket()) {
      socket.bind(address);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
