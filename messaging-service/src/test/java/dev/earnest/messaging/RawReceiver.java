package dev.earnest.messaging;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/// A receiver that speaks to each caller as it likes, HTTP or not.
final class RawReceiver implements AutoCloseable {
  private final ServerSocket server;
  private final Behaviour behaviour;
  private final String scheme;
  private final AtomicInteger callers = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();

  /// What it does with a caller whose first byte it has seen.
  @FunctionalInterface
  interface Behaviour {
    void meet(Socket caller) throws IOException, InterruptedException;
  }

  RawReceiver(Behaviour behaviour) {
    this("http", ServerSocketFactory.getDefault(), behaviour);
  }

  RawReceiver(String scheme, ServerSocketFactory sockets, Behaviour behaviour) {
    this.scheme = scheme;
    this.behaviour = behaviour;
    try {
      server = sockets.createServerSocket(0, 2_000, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  /// Answers everybody with the same bytes.
  static RawReceiver answering(byte[] answer) {
    return new RawReceiver(caller -> {
      caller.getOutputStream().write(answer);
      // until the sender has had enough: to close before would be a reset, and no answer
      caller.getInputStream().transferTo(OutputStream.nullOutputStream());
    });
  }

  String url() {
    return scheme + "://127.0.0.1:" + server.getLocalPort() + "/hook";
  }

  /// How many came.
  int callers() {
    return callers.get();
  }

  /// How many it is done with.
  int answered() {
    return answered.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket caller = server.accept();
        Thread.ofVirtual().start(() -> serve(caller));
      } catch (IOException _) {
        // the next one, or the end
      }
    }
  }

  private void serve(Socket caller) {
    try (caller) {
      callers.incrementAndGet();
      caller.getInputStream().read(new byte[1]);
      behaviour.meet(caller);
    } catch (IOException _) {
      // it has gone
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      answered.incrementAndGet();
    }
  }
}
