package rft.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import rft.cell.Interpreter;
import rft.wire.Channel;
import rft.wire.ConnectionFile;
import rft.wire.Session;
import rft.wire.Wire;
import rft.wire.WireMessage;

/**
 * A Jupyter kernel: answers front-ends until one of them ends it. Cells run on one thread; what an
 * editor asks is answered on another while they do; a third interrupts and ends. While it is open,
 * the process's standard streams are the cells'.
 */
public final class Kernel implements AutoCloseable {
  private static final long MOST_PRINTED = 10_000_000;
  private static final long PATIENCE_MILLIS = 3000;

  private final Wire wire;
  private final Publisher publisher;
  private final Questions questions;
  private final FlushTimer timer = new FlushTimer();
  private final Execution execution;
  private final Answers answers;
  private final StandardStreams streams;
  private final ThreadPoolExecutor shell = oneThread("rft-shell");
  private final ThreadPoolExecutor control = oneThread("rft-control");
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean closed;

  /**
   * Opens the sockets, and makes the interpreter meanwhile.
   *
   * @param connection where to listen
   * @param interpreter makes what runs the cells; called once, on the thread that runs them
   * @param version of the product
   * @throws IOException if a port is taken
   */
  public Kernel(
      ConnectionFile connection, Callable<? extends Interpreter> interpreter, String version)
      throws IOException {
    Session session = new Session("kernel");
    wire = Wire.bind(connection, session);
    publisher = new Publisher(wire, session);
    questions = new Questions(publisher);
    History history = new History();
    Cell.Desk desk = new Cell.Desk(publisher, timer, questions, MOST_PRINTED);
    execution = new Execution(interpreter, publisher, desk, history);
    answers = new Answers(publisher, execution.interpreter(), history, version);
    streams = StandardStreams.install(execution::running);
    wire.start(this::received);
    publisher.starting();
    execution.start();
  }

  private static ThreadPoolExecutor oneThread(String name) {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        task -> Daemon.thread(name, task),
        new ThreadPoolExecutor.DiscardPolicy());
  }

  private void received(Channel channel, WireMessage message) {
    switch (channel) {
      case SHELL -> {
        if (message.type().equals("execute_request")) {
          execution.submit(message);
        } else {
          shell.execute(() -> answers.answer(Channel.SHELL, message));
        }
      }
      case CONTROL -> control.execute(() -> control(message));
      case STDIN -> {
        if (message.type().equals("input_reply")) {
          questions.answered(message);
        }
      }
      default -> throw new IllegalStateException(channel + " carries no requests");
    }
  }

  private void control(WireMessage request) {
    switch (request.type()) {
      case "interrupt_request" -> {
        publisher.busy(request);
        // The reply says that the interrupt arrived; the cell's own reply says that it has ended.
        publisher.reply(Channel.CONTROL, request, "interrupt_reply", ok());
        publisher.idle(request);
        interrupt();
      }
      case "shutdown_request" -> {
        publisher.busy(request);
        ObjectNode content = ok().put("restart", request.content().path("restart").asBoolean());
        publisher.reply(Channel.CONTROL, request, "shutdown_reply", content);
        publisher.publish(request.header(), "shutdown_reply", content);
        publisher.idle(request);
        end();
      }
      default -> answers.answer(Channel.CONTROL, request);
    }
  }

  private static ObjectNode ok() {
    return Bundles.empty().put("status", "ok");
  }

  /** Stops the running cell; does nothing if there is none. Returns at once. */
  public void interrupt() {
    execution.interrupt();
  }

  /** Lets {@link #await} return. */
  public void end() {
    ended.countDown();
  }

  /** Returns when a front-end has ended the kernel, or {@link #end} has been called. */
  public void await() throws InterruptedException {
    ended.await();
  }

  /** Stops what runs, sends what is to be sent, and gives the standard streams back. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    end();
    execution.end(PATIENCE_MILLIS);
    if (execution.interpreter().isDone() && !execution.interpreter().isCompletedExceptionally()) {
      execution.interpreter().join().close();
    }
    timer.close();
    shell.shutdownNow();
    control.shutdownNow();
    wire.close();
    streams.close();
  }
}
