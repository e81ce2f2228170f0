package rft.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request under way. */
public final class PendingReply {
  private record Event(@Nullable Channel channel, @Nullable WireMessage message, String death) {}

  private final WireMessage request;
  private final boolean untilIdle;
  private final Consumer<WireMessage> answer;
  private final Runnable done;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private @Nullable WireMessage reply;
  private boolean idle;

  PendingReply(
      WireMessage request, boolean untilIdle, Consumer<WireMessage> answer, Runnable done) {
    this.request = request;
    this.untilIdle = untilIdle;
    this.answer = answer;
    this.done = done;
  }

  /** Returns the id of the request, which is the parent of everything that answers it. */
  public String id() {
    return request.id();
  }

  void received(Channel channel, WireMessage message) {
    events.add(new Event(channel, message, ""));
  }

  void died(String how) {
    events.add(new Event(null, null, how));
  }

  /** Returns the reply; what is published meanwhile is ignored. */
  public WireMessage await(Duration timeout)
      throws IOException, InterruptedException, TimeoutException {
    return await(timeout, CellListener.NONE);
  }

  /**
   * Returns the reply, after everything that the request published has been told. May be called
   * again after a time-out.
   *
   * @throws TimeoutException if it takes longer; the request goes on
   * @throws IOException if the kernel has died, with its last words
   */
  public WireMessage await(Duration timeout, CellListener listener)
      throws IOException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + timeout.toNanos();
    WireMessage answered = reply;
    while (answered == null || (untilIdle && !idle)) {
      Event event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw new TimeoutException(
            "no answer to " + request.type() + " within " + timeout.toMillis() / 1000.0 + " s");
      }
      take(event, listener);
      answered = reply;
    }
    done.run();
    return answered;
  }

  private void take(Event event, CellListener listener) throws IOException {
    WireMessage message = event.message();
    if (message == null || event.channel() == null) {
      throw new IOException(event.death());
    }
    switch (event.channel()) {
      case IOPUB -> {
        idle |= message.content().path("execution_state").asText().equals("idle");
        listener.published(message);
      }
      case STDIN ->
          listener
              .input(
                  message.content().path("prompt").asText(""),
                  message.content().path("password").asBoolean(false))
              .ifPresent(text -> answer.accept(inputReply(message, text)));
      default -> reply = message;
    }
  }

  private static WireMessage inputReply(WireMessage question, String text) {
    return new WireMessage(
        List.of(),
        JsonNodeFactory.instance.objectNode(),
        question.header(),
        JsonNodeFactory.instance.objectNode(),
        JsonNodeFactory.instance.objectNode().put("value", text),
        List.of());
  }
}
