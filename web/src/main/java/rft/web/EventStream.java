package rft.web;

import io.javalin.config.Key;
import io.javalin.http.Context;
import io.javalin.http.ServiceUnavailableResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Server-sent events to one client. {@link #send} only puts an event into the client's own queue,
 * from which a thread of the client's own writes: a client that does not read delays nobody else.
 * Every 15 seconds without events a comment goes out, by which a client that vanished is found.
 */
public final class EventStream implements AutoCloseable {
  static final Key<OpenStreams> OPEN = new Key<>("rft-open-streams");
  static final int CAPACITY = 256;
  private static final Duration PING = Duration.ofSeconds(15);
  private static final byte[] OPENED = bytes("retry: 2000\n: open\n\n");
  private static final byte[] STILL_THERE = bytes(": ping\n\n");

  private final EventQueue queue = new EventQueue(CAPACITY);
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final HttpServletResponse response;
  private final OpenStreams open;
  private final Duration ping;
  private final List<Runnable> whenClosed = new ArrayList<>();

  private EventStream(HttpServletResponse response, OpenStreams open, Duration ping) {
    this.response = response;
    this.open = open;
    this.ping = ping;
  }

  /**
   * Answers a request with a stream, which stays open after the handler has returned.
   *
   * @throws ServiceUnavailableResponse if too many are open
   */
  public static EventStream open(Context context) {
    return open(context, PING);
  }

  static EventStream open(Context context, Duration ping) {
    OpenStreams open = context.appData(OPEN);
    EventStream stream = new EventStream(context.res(), open, ping);
    if (!open.add(stream)) {
      throw new ServiceUnavailableResponse("too many pages are open; close some");
    }
    context.res().setStatus(200);
    context.res().setContentType("text/event-stream;charset=utf-8");
    // A proxy in between must not collect events.
    context.res().setHeader("X-Accel-Buffering", "no");
    context.future(stream::start);
    return stream;
  }

  private CompletableFuture<Void> start() {
    Thread sender = new Thread(this::sendAll, "event stream");
    sender.setDaemon(true);
    sender.start();
    return done;
  }

  /**
   * Puts an event into the queue; never waits. When {@value #CAPACITY} wait they are dropped, and
   * the client gets an event {@code resync}.
   *
   * @return false if the stream is closed
   */
  public boolean send(StreamEvent event) {
    return queue.add(event);
  }

  /** Has something run once the stream is closed, by whomever; at once if it is. */
  public void whenClosed(Runnable action) {
    synchronized (whenClosed) {
      if (!done.isDone()) {
        whenClosed.add(action);
        return;
      }
    }
    action.run();
  }

  public boolean isOpen() {
    return !queue.isClosed();
  }

  /** Ends the stream; events that still wait are lost. */
  @Override
  public void close() {
    queue.close();
  }

  private void sendAll() {
    try {
      OutputStream out = response.getOutputStream();
      write(out, OPENED);
      while (isOpen()) {
        List<StreamEvent> events = queue.take(ping);
        if (!events.isEmpty()) {
          StringBuilder frames = new StringBuilder();
          events.forEach(event -> frames.append(event.frame()));
          write(out, bytes(frames.toString()));
        } else if (isOpen()) {
          write(out, STILL_THERE);
        }
      }
    } catch (IOException clientIsGone) {
      // Nobody is left to tell.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private void end() {
    queue.close();
    open.remove(this);
    List<Runnable> actions;
    synchronized (whenClosed) {
      done.complete(null);
      actions = List.copyOf(whenClosed);
    }
    actions.forEach(Runnable::run);
  }

  private static void write(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
