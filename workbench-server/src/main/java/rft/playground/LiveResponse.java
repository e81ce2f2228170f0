package rft.playground;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An answer that is sent while it is made, as server-sent events of JSON. Any thread may add to it;
 * one thread writes. A client that went away is noticed within seconds, and then the work is told.
 */
final class LiveResponse {
  private static final int MOST_WAITING = 256;
  private static final int PULSE_MILLIS = 1000;
  private static final String END = "";

  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final StopSignal stop = new StopSignal();
  private final Context context;

  private LiveResponse(Context context) {
    this.context = context;
  }

  /** What makes the answer, in a thread of its own; what it throws is the last event. */
  interface Work {
    void run(LiveResponse response) throws IOException, InterruptedException;
  }

  /** Runs work and sends what it says, until it is done or the client goes away. */
  static void send(Context context, Work work) throws IOException {
    LiveResponse response = new LiveResponse(context);
    Thread worker = new Thread(() -> response.work(work), "rft-live-response");
    worker.setDaemon(true);
    worker.start();
    try {
      response.write();
    } finally {
      response.stop.stop();
      worker.interrupt();
    }
  }

  /** Returns the signal that the client went away. */
  StopSignal stopSignal() {
    return stop;
  }

  /** Adds an event; waits while the client is slow, and drops it when the client is gone. */
  void add(Object event) throws InterruptedException {
    put(context.jsonMapper().toJsonString(event, event.getClass()));
  }

  private void put(String text) throws InterruptedException {
    while (!stop.isStopped() && !waiting.offer(text, PULSE_MILLIS, TimeUnit.MILLISECONDS)) {
      // The client reads slowly.
    }
  }

  private void work(Work work) {
    try {
      try {
        work.run(this);
      } catch (IOException | RuntimeException e) {
        add(Map.of("problem", String.valueOf(e.getMessage())));
      }
      put(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() throws IOException {
    context.res().setContentType("text/event-stream; charset=utf-8");
    context.res().setHeader("Cache-Control", "no-store");
    OutputStream out = context.res().getOutputStream();
    out.flush();
    try {
      while (true) {
        String next = waiting.poll(PULSE_MILLIS, TimeUnit.MILLISECONDS);
        if (END.equals(next)) {
          return;
        }
        out.write(
            (next == null ? ":\n\n" : "data: " + next + "\n\n").getBytes(StandardCharsets.UTF_8));
        if (waiting.isEmpty()) {
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The client went away: nobody is left to tell.
      return;
    }
  }
}
