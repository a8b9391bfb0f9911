package dev.earnest.messaging;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/// A receiver that answers every request with the same bytes, HTTP or not.
final class RawReceiver implements AutoCloseable {
  private final ServerSocket server;
  private final byte[] answer;
  private final AtomicInteger answered = new AtomicInteger();

  RawReceiver(byte[] answer) {
    this.answer = answer.clone();
    try {
      server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/hook";
  }

  int answered() {
    return answered.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read(new byte[1]);
        socket.getOutputStream().write(answer);
        answered.incrementAndGet();
        // until the sender has had enough: to close before would be a reset, and no answer
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException _) {
        // the next one, or the end
      }
    }
  }
}
