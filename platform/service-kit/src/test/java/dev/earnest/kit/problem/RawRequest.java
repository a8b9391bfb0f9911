package dev.earnest.kit.problem;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/// Requests that no well-behaved client sends; the answer as it came.
final class RawRequest {
  private static final int CHUNK = 64 * 1024;
  private static final int TIMEOUT_MILLIS = 10_000;

  private RawRequest() {}

  /// Announces a body of this length and sends none of it.
  static String announce(String path, long length) throws IOException {
    try (Socket socket = connect()) {
      write(socket, head(path) + "Content-Length: " + length + "\r\n\r\n");
      return answer(socket);
    }
  }

  /// Sends a body in chunks, until all is sent or the server has had enough.
  static String sendUnannounced(String path, String token, int length) throws IOException {
    try (Socket socket = connect()) {
      write(
          socket,
          head(path) + "Authorization: Bearer " + token + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      write(socket, "9\r\n{\"text\":\"\r\n");
      String chunk = Integer.toHexString(CHUNK) + "\r\n" + "x".repeat(CHUNK) + "\r\n";
      for (int sent = 0; sent < length && socket.getInputStream().available() == 0; sent += CHUNK) {
        write(socket, chunk);
      }
      write(socket, "0\r\n\r\n");
      return answer(socket);
    }
  }

  /// A small body under headers that are sent as they are.
  static String post(String path, String token, String headers) throws IOException {
    try (Socket socket = connect()) {
      write(
          socket,
          "POST "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + token
              + "\r\nContent-Length: 2\r\n"
              + headers
              + "\r\n\r\n{}");
      return answer(socket);
    }
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static String head(String path) {
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(US_ASCII));
    out.flush();
  }

  private static String answer(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    byte[] buffer = new byte[8192];
    while (answer.indexOf("}") < 0) {
      int read = socket.getInputStream().read(buffer);
      if (read < 0) {
        break;
      }
      answer.append(new String(buffer, 0, read, US_ASCII));
    }
    return answer.toString();
  }
}
