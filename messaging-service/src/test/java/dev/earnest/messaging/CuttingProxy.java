package dev.earnest.messaging;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// A way to the service that breaks: each of the first connections is cut after so many bytes of the
/// answer, in the middle of whatever comes there.
public final class CuttingProxy implements AutoCloseable {
  /// Behind the headers and the first event of a stream.
  private static final int FEWEST = 900;

  private static final int SPREAD = 1_500;

  private final ServerSocket server;
  private final Random random = new Random(3);
  private final AtomicInteger left;

  public CuttingProxy(int cuts) {
    left = new AtomicInteger(cuts);
    try {
      server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  public String url(String path) {
    return "http://localhost:" + server.getLocalPort() + path;
  }

  public int cutsLeft() {
    return Math.max(0, left.get());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> pass(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void pass(Socket client) {
    try (client;
        Socket service = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              client.getInputStream().transferTo(service.getOutputStream());
            } catch (IOException _) {
              // cut
            }
          });
      int most = left.getAndDecrement() > 0 ? FEWEST + random.nextInt(SPREAD) : Integer.MAX_VALUE;
      copy(service.getInputStream(), client.getOutputStream(), most);
    } catch (IOException _) {
      // cut
    }
  }

  private static void copy(InputStream from, OutputStream to, int most) throws IOException {
    byte[] some = new byte[256];
    int passed = 0;
    while (passed < most) {
      int read = from.read(some, 0, Math.min(some.length, most - passed));
      if (read < 0) {
        return;
      }
      to.write(some, 0, read);
      passed += read;
    }
  }
}
