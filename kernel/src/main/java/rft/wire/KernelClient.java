package rft.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A front-end without a face: starts a kernel or connects to one, and asks it things. Every
 * question has a time limit. Safe for several threads. Closing it ends a kernel that it started.
 */
public final class KernelClient implements AutoCloseable {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Duration SHORT = Duration.ofMillis(250);

  private final Session session = new Session("rft");
  private final Wire wire;
  private final @Nullable KernelProcess kernel;
  private final Map<String, PendingReply> pending = new ConcurrentHashMap<>();
  private final List<Consumer<WireMessage>> listeners = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Long> echoes = new LinkedBlockingQueue<>();
  private volatile Duration patience = Duration.ofSeconds(30);

  private KernelClient(ConnectionFile connection, @Nullable KernelProcess kernel) {
    this.kernel = kernel;
    this.wire = Wire.connect(connection, session);
  }

  /**
   * Starts a kernel and waits until it answers.
   *
   * @throws IOException if it cannot be started or ends at once, with its last words
   * @throws TimeoutException if it does not answer in time; it is killed
   */
  public static KernelClient start(KernelCommand command, Duration timeout)
      throws IOException, InterruptedException, TimeoutException {
    KernelProcess process = KernelProcess.start(command);
    return ready(new KernelClient(process.connection(), process), timeout);
  }

  /**
   * Connects to a kernel that runs, and waits until it answers.
   *
   * @throws TimeoutException if it does not answer in time
   */
  public static KernelClient connect(ConnectionFile connection, Duration timeout)
      throws IOException, InterruptedException, TimeoutException {
    return ready(new KernelClient(connection, null), timeout);
  }

  private static KernelClient ready(KernelClient client, Duration timeout)
      throws IOException, InterruptedException, TimeoutException {
    boolean done = false;
    try {
      client.wire.start(client.receiver());
      if (client.kernel != null) {
        CompletableFuture<Void> unused = client.kernel.process().onExit().thenRun(client::died);
      }
      client.awaitReady(timeout);
      done = true;
      return client;
    } finally {
      if (!done) {
        client.close();
      }
    }
  }

  /** Asks again and again: the first answers may pass before IOPub listens. */
  private void awaitReady(Duration timeout)
      throws IOException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      PendingReply info = request(Channel.SHELL, "kernel_info_request", JSON.objectNode(), true);
      try {
        info.await(SHORT);
        return;
      } catch (TimeoutException e) {
        pending.remove(info.id());
        if (System.nanoTime() > deadline) {
          String said = kernel == null ? "" : kernel.lastWords();
          throw new TimeoutException(
              "the kernel did not answer within "
                  + timeout.toMillis() / 1000.0
                  + " s"
                  + (said.isEmpty() ? "" : "; it said:\n" + said));
        }
      }
    }
  }

  private Wire.Receiver receiver() {
    return new Wire.Receiver() {
      @Override
      public void received(Channel channel, WireMessage message) {
        PendingReply asked = pending.get(message.parentId());
        if (asked != null) {
          asked.received(channel, message);
        }
        if (channel == Channel.IOPUB) {
          listeners.forEach(listener -> listener.accept(message));
        }
      }

      @Override
      public void echoed() {
        echoes.add(System.nanoTime());
      }
    };
  }

  private void died() {
    pending.values().forEach(each -> each.died(death()));
  }

  private String death() {
    KernelProcess process = kernel;
    if (process == null) {
      return "the kernel is gone";
    }
    String said = process.lastWords();
    return "the kernel ended with code "
        + process.process().exitValue()
        + (said.isEmpty() ? "" : "; it said:\n" + said);
  }

  /** Sets how long each of the short questions below may take; 30 s at first. */
  public void setPatience(Duration limit) {
    patience = limit;
  }

  /** Tells of everything on IOPub, whoever asked; on the sockets' thread, so it must not block. */
  public void onPublished(Consumer<WireMessage> listener) {
    listeners.add(listener);
  }

  /** Sends a cell and returns at once; several wait in the kernel's queue. */
  public PendingReply submit(ExecuteRequest cell) {
    return request(Channel.SHELL, "execute_request", cell.content(), true);
  }

  /**
   * Runs a cell and returns the {@code execute_reply}; its content says whether it failed.
   *
   * @throws TimeoutException if it takes longer; the cell goes on: {@link #interrupt} it
   */
  public WireMessage execute(ExecuteRequest cell, CellListener listener, Duration timeout)
      throws IOException, InterruptedException, TimeoutException {
    return submit(cell).await(timeout, listener);
  }

  /**
   * Sends any request and returns at once.
   *
   * @param untilIdle whether the answer is complete only when the kernel is idle again
   */
  public PendingReply request(Channel channel, String type, ObjectNode content, boolean untilIdle) {
    WireMessage message = session.message(type, content);
    PendingReply reply =
        new PendingReply(message, untilIdle, this::answerInput, () -> pending.remove(message.id()));
    pending.put(message.id(), reply);
    if (!isAlive()) {
      reply.died(death());
    }
    wire.send(channel, message);
    return reply;
  }

  private void answerInput(WireMessage answer) {
    WireMessage message = session.message("input_reply", answer.content());
    wire.send(
        Channel.STDIN,
        new WireMessage(
            List.of(),
            message.header(),
            answer.parent(),
            message.metadata(),
            message.content(),
            List.of()));
  }

  private ObjectNode ask(Channel channel, String type, ObjectNode content)
      throws IOException, InterruptedException, TimeoutException {
    PendingReply reply = request(channel, type, content, false);
    return reply.await(patience).content();
  }

  /** Returns what the kernel says of itself. */
  public ObjectNode kernelInfo() throws IOException, InterruptedException, TimeoutException {
    return ask(Channel.SHELL, "kernel_info_request", JSON.objectNode());
  }

  /**
   * Returns what may stand at the cursor.
   *
   * @param cursor in code points
   */
  public ObjectNode complete(String code, int cursor)
      throws IOException, InterruptedException, TimeoutException {
    return ask(
        Channel.SHELL,
        "complete_request",
        JSON.objectNode().put("code", code).put("cursor_pos", cursor));
  }

  /**
   * Returns documentation.
   *
   * @param cursor in code points
   * @param detail 0 or 1
   */
  public ObjectNode inspect(String code, int cursor, int detail)
      throws IOException, InterruptedException, TimeoutException {
    return ask(
        Channel.SHELL,
        "inspect_request",
        JSON.objectNode().put("code", code).put("cursor_pos", cursor).put("detail_level", detail));
  }

  /** Returns whether a cell can be run as it stands. */
  public ObjectNode isComplete(String code)
      throws IOException, InterruptedException, TimeoutException {
    return ask(Channel.SHELL, "is_complete_request", JSON.objectNode().put("code", code));
  }

  /** Returns earlier cells; the request's content says which. */
  public ObjectNode history(ObjectNode request)
      throws IOException, InterruptedException, TimeoutException {
    return ask(Channel.SHELL, "history_request", request);
  }

  /** Stops the running cell; the reply comes at once, the cell's end later. */
  public ObjectNode interrupt() throws IOException, InterruptedException, TimeoutException {
    return ask(Channel.CONTROL, "interrupt_request", JSON.objectNode());
  }

  /** Asks the kernel to end. */
  public ObjectNode shutdown(boolean restart)
      throws IOException, InterruptedException, TimeoutException {
    return ask(Channel.CONTROL, "shutdown_request", JSON.objectNode().put("restart", restart));
  }

  /** Returns how long a heartbeat took to come back; empty if it did not in time. */
  public synchronized Optional<Duration> heartbeat(Duration timeout) throws InterruptedException {
    echoes.clear();
    long start = System.nanoTime();
    wire.ping();
    Long back = echoes.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    return back == null ? Optional.empty() : Optional.of(Duration.ofNanos(back - start));
  }

  /** Returns whether the process that this client started is there; true for any other kernel. */
  public boolean isAlive() {
    return kernel == null || kernel.process().isAlive();
  }

  /** Returns the process that this client started. */
  public Optional<ProcessHandle> process() {
    return Optional.ofNullable(kernel).map(each -> each.process().toHandle());
  }

  /** Returns the end of what the kernel wrote to its terminal; empty if another started it. */
  public String log() {
    return kernel == null ? "" : kernel.lastWords();
  }

  @Override
  public void close() {
    if (kernel != null && kernel.process().isAlive()) {
      request(Channel.CONTROL, "shutdown_request", JSON.objectNode().put("restart", false), false);
      kernel.end(Duration.ofSeconds(5));
    }
    wire.close();
    if (kernel != null) {
      kernel.close();
    }
  }
}
