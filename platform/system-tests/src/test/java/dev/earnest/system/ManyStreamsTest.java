package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.identity.TokenRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// 2,000 open streams at one process, and what they cost.
class ManyStreamsTest {
  private static final String SERVICE = "messaging-service";
  private static final int STREAMS = 2_000;
  private static final int MAX_MEBIBYTES = 512;

  @Test
  void twoThousandStreamsFitIntoHalfAGibibyteAndAreAllTold() throws Exception {
    Life life = new Life().register().deposit("50.00").create("50.00").awaitStatus("EXECUTING");
    AtomicInteger opened = new AtomicInteger();
    AtomicInteger told = new AtomicInteger();
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < STREAMS; i++) {
        Socket socket = open(life);
        sockets.add(socket);
        Thread.ofVirtual().start(() -> read(socket, opened, told));
      }
      Life.await().until(() -> opened.get() == STREAMS);
      for (int round = 1; round <= 5; round++) {
        int all = round * STREAMS;
        life.progress();
        Life.await().until(() -> told.get() == all);
      }
      long used = RunningStack.residentMebibytes(SERVICE);
      System.out.printf("%d open streams at %s: %d MiB resident%n", STREAMS, SERVICE, used);
      assertThat(used).isLessThanOrEqualTo(MAX_MEBIBYTES);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static Socket open(Life life) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), RunningStack.stack().port(SERVICE));
    String token =
        RunningStack.stack().token(TokenRequest.of(life.buyer.account(), life.buyer.roles()));
    String request =
        """
        GET /api/v1/tasks/%s/stream HTTP/1.1
        Host: localhost
        Accept: text/event-stream
        Authorization: Bearer %s

        """
            .formatted(life.task(), token)
            .replace("\n", "\r\n");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void read(Socket socket, AtomicInteger opened, AtomicInteger told) {
    StringBuilder line = new StringBuilder();
    try (InputStream stream = socket.getInputStream()) {
      byte[] some = new byte[1024];
      for (int count = stream.read(some); count >= 0; count = stream.read(some)) {
        for (int i = 0; i < count; i++) {
          if (some[i] == '\n') {
            count(line.toString(), opened, told);
            line.setLength(0);
          } else {
            line.append((char) some[i]);
          }
        }
      }
    } catch (IOException _) {
      // closed at the test's end; what is missing is seen by the counts
    }
  }

  private static void count(String line, AtomicInteger opened, AtomicInteger told) {
    if (line.startsWith("event: status")) {
      opened.incrementAndGet();
    } else if (line.startsWith("event: progress")) {
      told.incrementAndGet();
    }
  }
}
