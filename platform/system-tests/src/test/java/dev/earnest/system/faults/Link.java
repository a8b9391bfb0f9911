package dev.earnest.system.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A TCP proxy on loopback: what goes through it can be cut off and slowed down.
final class Link implements Closeable {
  private static final int BUFFER = 16 * 1024;

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile boolean isCut;
  private volatile Duration delay = Duration.ZERO;

  Link(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /// From now on it leads there.
  void lead(int newTarget) {
    target = newTarget;
  }

  /// Ends every connection and lets none in.
  void cut() {
    isCut = true;
    drop();
  }

  /// Ends every connection; new ones are let in.
  void drop() {
    open.forEach(this::end);
  }

  /// Whatever is sent arrives so much later.
  void delay(Duration by) {
    delay = by;
  }

  void heal() {
    isCut = false;
    delay = Duration.ZERO;
  }

  @Override
  public void close() throws IOException {
    server.close();
    drop();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException _) {
        // closed
      }
    }
  }

  private void connect(Socket client) {
    try {
      open.add(client);
      Socket service = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(service);
      client.setTcpNoDelay(true);
      service.setTcpNoDelay(true);
      if (isCut) {
        end(client);
        end(service);
        return;
      }
      Thread.ofVirtual().start(() -> pump(client, service));
      pump(service, client);
    } catch (IOException _) {
      end(client);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        LockSupport.parkNanos(delay.toNanos());
        out.write(buffer, 0, read);
      }
    } catch (IOException _) {
      // cut, or one of the two is gone
    } finally {
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException _) {
      // it is gone, which is what was wanted
    }
  }
}
