package rft.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of the stream over a plain socket, which can also not read, or vanish. */
final class NewsReader implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int SECONDS = 20;

  private static final int RECEIVED_UNREAD = 64 * 1024;

  /** One event as it came. */
  record Heard(String event, JsonNode data, String id, long nanos) {}

  private final Socket socket = new Socket();
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private volatile String lastId;
  private BufferedReader lines;

  NewsReader(LivePage page, String topics, String lastEventId) throws IOException {
    URI server = URI.create(page.url());
    // A buffer that grew with the news would read for one who stands still.
    socket.setReceiveBufferSize(RECEIVED_UNREAD);
    socket.connect(new java.net.InetSocketAddress(server.getHost(), server.getPort()));
    lastId = lastEventId;
    String request =
        "GET /api/stream?topics="
            + topics
            + " HTTP/1.1\r\nHost: "
            + server.getAuthority()
            + "\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
            + page.token()
            + (lastEventId == null ? "" : "\r\nLast-Event-ID: " + lastEventId)
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
  }

  /** Begins to read. */
  NewsReader read() {
    Thread thread = new Thread(this::readAll, "news reader");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  private void readAll() {
    try {
      for (Heard one = hear(); one != null; one = hear()) {
        heard.add(one);
      }
    } catch (IOException e) {
      // Closed by the test, or cut.
    }
  }

  /** Reads until an event of this kind has come, and no further until it is told to. */
  NewsReader readTo(String event) throws IOException {
    for (Heard one = hear(); one != null; one = hear()) {
      if (one.event().equals(event)) {
        return this;
      }
    }
    throw new IOException("the stream ended before " + event);
  }

  /** Returns the next event that carries data; null at the end of the stream. */
  private Heard hear() throws IOException {
    if (lines == null) {
      lines =
          new BufferedReader(
              new InputStreamReader(new Chunks(socket.getInputStream()), StandardCharsets.UTF_8));
    }
    String event = "message";
    StringBuilder data = new StringBuilder();
    String id = lastId;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        lastId = id;
        if (data.length() > 0) {
          return new Heard(event, JSON.readTree(data.toString()), id, System.nanoTime());
        }
        event = "message";
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data.append(line.substring(6));
      } else if (!line.startsWith(":") && !line.startsWith("retry: ")) {
        throw new IOException("not a line of a stream: " + line);
      }
    }
    return null;
  }

  /** Returns the id a browser would send to go on. */
  String lastId() {
    return lastId;
  }

  /** Returns the next event, or null if none comes within a time. */
  Heard next(long millis) throws InterruptedException {
    return heard.poll(millis, TimeUnit.MILLISECONDS);
  }

  /** Returns the next event that fits; those before it are passed over. */
  Heard await(Predicate<Heard> wanted) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    for (Heard one = next(SECONDS * 1000L); one != null; ) {
      if (wanted.test(one)) {
        return one;
      }
      one = next(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    }
    throw new AssertionError("no such news within " + SECONDS + " s");
  }

  Heard await(String event) throws InterruptedException {
    return await(one -> one.event().equals(event));
  }

  @Override
  public void close() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** The body of an answer, without its head and the sizes of its chunks. */
  private static final class Chunks extends InputStream {
    private final InputStream in;
    private int left;

    Chunks(InputStream in) throws IOException {
      this.in = in;
      String status = line();
      if (!status.contains(" 200 ")) {
        throw new IOException(status);
      }
      for (String header = line(); !header.isEmpty(); header = line()) {
        // Heads are not what these tests are about.
      }
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("cut");
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        // The line break that ends a chunk may come with the next one only.
        String size = line();
        left = Integer.parseInt(size.isEmpty() ? line() : size, 16);
        if (left == 0) {
          return -1;
        }
      }
      int read = in.read(into, offset, Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }
  }
}
