package rft.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of events to readers that are quick, stalled or gone, over sockets that hide nothing. */
final class EventStreamTest {
  private static final Duration QUICK_PING = Duration.ofMillis(50);

  @TempDir Path folder;
  private TestServer web;
  private final List<EventStream> pinged = new java.util.concurrent.CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    Routes quick =
        routes ->
            routes.get("/api/quick", context -> pinged.add(EventStream.open(context, QUICK_PING)));
    web = new TestServer(folder, ServerAddress.loopback(0), List.of(quick));
  }

  @AfterEach
  void stop() {
    web.close();
  }

  /** One client: a socket that reads when it is asked to. */
  private final class Reader implements AutoCloseable {
    private final Socket socket = new Socket();
    private final BufferedReader lines;

    Reader(String path, int receiveBuffer) throws IOException {
      socket.setReceiveBufferSize(receiveBuffer);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), web.port));
      socket.setSoTimeout(10_000);
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: 127.0.0.1:"
              + web.port
              + "\r\n"
              + web.bearer()
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Returns the next line that is not about chunks, or null at the end. */
    String line() throws IOException {
      String line = lines.readLine();
      while (line != null && line.matches("[0-9A-F]+|")) {
        line = lines.readLine();
      }
      return line;
    }

    /** Reads on until a line starts like this, and returns it. */
    String until(String start) throws IOException {
      String line = line();
      while (line != null && !line.startsWith(start)) {
        line = line();
      }
      return String.valueOf(line);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private Reader open(List<EventStream> streams, String path, int receiveBuffer)
      throws IOException, InterruptedException {
    int before = streams.size();
    Reader reader = new Reader(path, receiveBuffer);
    await(() -> streams.size() > before);
    return reader;
  }

  private Reader open() throws IOException, InterruptedException {
    return open(web.streams, "/api/stream", 65_536);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "this did not happen within 10 s");
      Thread.sleep(5);
    }
  }

  @Test
  void anEventArrivesWithItsIdAndTheHeadersOfAStream() throws Exception {
    try (Reader reader = open()) {
      assertTrue(reader.until("HTTP/1.1").contains("200"));
      assertEquals("Content-Type: text/event-stream;charset=utf-8", reader.until("Content-Type"));
      web.streams.get(0).send(new StreamEvent("run", "{\"step\":1}", "17", null));
      assertEquals("id: 17", reader.until("id"));
      assertEquals("event: run", reader.line());
      assertEquals("data: {\"step\":1}", reader.line());
    }
  }

  @Test
  void aStalledReaderNeverDelaysAnother() throws Exception {
    List<Reader> readers = new ArrayList<>();
    try {
      Reader stalled = open(web.streams, "/api/stream", 4_096);
      for (int i = 0; i < 5; i++) {
        readers.add(open());
      }
      String filler = "\"" + "x".repeat(40_000) + "\"";
      long worst = 0;
      for (int round = 0; round < 450; round++) {
        StreamEvent event = new StreamEvent("metrics", filler, "" + round, null);
        long start = System.nanoTime();
        web.streams.forEach(stream -> stream.send(event));
        for (Reader reader : readers) {
          assertEquals("id: " + round, reader.until("id"));
        }
        worst = Math.max(worst, System.nanoTime() - start);
      }
      assertTrue(worst < TimeUnit.SECONDS.toNanos(5), "an event took " + worst / 1_000_000 + " ms");
      assertTrue(web.streams.get(0).isOpen(), "the stalled reader was to be still there");
      // 450 events of 40 kB do not fit into its socket and its queue: it is told to ask again.
      stalled.until("event: resync");
      assertEquals("id: 449", stalled.until("id: 449"));
      readers.add(stalled);
    } finally {
      for (Reader reader : readers) {
        reader.close();
      }
    }
  }

  @Test
  void aReaderThatIsGoneIsNoticed() throws Exception {
    Reader reader = open(pinged, "/api/quick", 65_536);
    CountDownLatch closed = new CountDownLatch(1);
    EventStream stream = pinged.get(0);
    stream.whenClosed(closed::countDown);
    assertEquals(": ping", reader.until(": ping"));
    reader.close();
    assertTrue(closed.await(10, TimeUnit.SECONDS), "nobody noticed");
    assertFalse(stream.isOpen());
    assertFalse(stream.send(StreamEvent.of("run", "{}")));
    CountDownLatch late = new CountDownLatch(1);
    stream.whenClosed(late::countDown);
    assertEquals(0, late.getCount());
  }

  @Test
  void aPingNeverCutsIntoAnEvent() throws Exception {
    try (Reader reader = open(pinged, "/api/quick", 65_536)) {
      reader.until(": open");
      Thread sender =
          new Thread(
              () ->
                  IntStream.range(0, 2_000)
                      .forEach(
                          i -> {
                            pinged
                                .get(0)
                                .send(new StreamEvent("run", "\"" + i + "\"", "" + i, null));
                            if (i % 100 == 0) {
                              sleep(60);
                            }
                          }));
      sender.start();
      int seen = 0;
      int pings = 0;
      while (seen < 1_999) {
        String line = reader.line();
        if (line.equals(": ping")) {
          pings++;
        } else if (line.startsWith("id: ")) {
          seen = Integer.parseInt(line.substring(4));
          assertEquals("event: run", reader.line());
          assertEquals("data: \"" + seen + "\"", reader.line());
        } else {
          assertEquals("event: resync", line);
          assertEquals("data: {}", reader.line());
        }
      }
      assertTrue(pings > 0, "no ping in between");
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void tooManyStreamsAreRefusedAndClosedOnesMakeRoom() throws Exception {
    List<Reader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < OpenStreams.MOST; i++) {
        readers.add(open());
      }
      assertEquals(503, web.client.get("/api/stream", web.bearer()).status());
      assertEquals(200, web.client.get("/api/things", web.bearer()).status());
      web.streams.get(0).close();
      await(
          () -> {
            try (Reader another = new Reader("/api/stream", 65_536)) {
              return another.line().contains("200");
            } catch (IOException e) {
              return false;
            }
          });
    } finally {
      for (Reader reader : readers) {
        reader.close();
      }
    }
  }

  @Test
  void aStopOfTheServerEndsStreamsAtOnceAndLetsRequestsFinish() throws Exception {
    try (Reader reader = open()) {
      reader.until(": open");
      long start = System.nanoTime();
      web.close();
      assertEquals("null", reader.until("never"));
      assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(5));
    }
  }
}
