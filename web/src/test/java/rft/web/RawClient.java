package rft.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sends exactly the bytes it is given: HTTP clients repair what these tests are about. */
record RawClient(int port) {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int PATIENCE_MILLIS = 5_000;

  /**
   * What came back.
   *
   * @param status 0 if the server said nothing and closed
   * @param head the status line and the headers
   */
  record Reply(int status, String head, String body) {
    /** Returns the value of a header, or an empty text. */
    String header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  /** Sends lines as the head of a request with a body, asks to close, and reads to the end. */
  Reply send(String body, List<String> lines) throws IOException {
    StringBuilder request = new StringBuilder();
    lines.forEach(line -> request.append(line).append("\r\n"));
    request.append("Connection: close\r\n");
    if (!body.isEmpty()) {
      request.append("Content-Length: ").append(body.length());
      request.append("\r\n");
    }
    return sendBytes((request + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
  }

  Reply send(String... lines) throws IOException {
    return send("", List.of(lines));
  }

  /** Sends a request that is right in everything but what the lines say. */
  Reply get(String path, String... lines) throws IOException {
    return send("", with("GET " + path + " HTTP/1.1", lines));
  }

  Reply post(String path, String body, String... lines) throws IOException {
    return send(body, with("POST " + path + " HTTP/1.1", lines));
  }

  private List<String> with(String first, String... lines) {
    List<String> all = new ArrayList<>(List.of(first, "Host: 127.0.0.1:" + port));
    all.addAll(List.of(lines));
    return all;
  }

  Reply sendBytes(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByAddress(LOOPBACK), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      return parse(readAll(socket.getInputStream()));
    }
  }

  private static String readAll(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        all.write(buffer, 0, got);
      }
    } catch (SocketTimeoutException e) {
      throw new IOException("the server neither answered nor closed: " + all, e);
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private static Reply parse(String text) {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Reply(0, text, "");
    }
    String head = text.substring(0, end);
    return new Reply(Integer.parseInt(head.split(" ", 3)[1]), head, text.substring(end + 4));
  }
}
