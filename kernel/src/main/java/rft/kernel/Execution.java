package rft.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import rft.cell.CellError;
import rft.cell.Interpreter;
import rft.display.CellOutput;
import rft.wire.Channel;
import rft.wire.Session;
import rft.wire.WireMessage;

/** Runs cells one after the other, on one thread that also makes the interpreter. */
final class Execution {
  private static final String REPLY = "execute_reply";

  /** The compiler inside the engine is interpreted at first; this many cells later it is not. */
  private static final int WARM_UPS = 100;

  private static final long PAUSE_MILLIS = 300;

  private final Publisher publisher;
  private final Cell.Desk desk;
  private final History history;
  private final CompletableFuture<Interpreter> interpreter = new CompletableFuture<>();
  private final BlockingQueue<WireMessage> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile @Nullable Cell running;
  private volatile boolean ended;
  private int counted;
  private int warmUps;

  Execution(
      Callable<? extends Interpreter> maker, Publisher publisher, Cell.Desk desk, History history) {
    this.publisher = publisher;
    this.desk = desk;
    this.history = history;
    this.thread = Daemon.thread("rft-execution", () -> run(maker));
  }

  void start() {
    thread.start();
  }

  /** Returns the interpreter once it is ready. */
  CompletableFuture<Interpreter> interpreter() {
    return interpreter;
  }

  /** Returns the cell that runs. */
  @Nullable Cell running() {
    return running;
  }

  /** Takes a request that waits for its turn. */
  void submit(WireMessage request) {
    if (!ended) {
      waiting.add(request);
    }
  }

  /** Stops the running cell; does nothing if there is none. */
  void interrupt() {
    Cell cell = running;
    if (cell != null) {
      cell.interrupt();
      desk.questions().cancel();
      if (interpreter.isDone() && !interpreter.isCompletedExceptionally()) {
        interpreter.join().interrupt();
      }
    }
  }

  /** Begins no other cell, stops the running one and waits a while for its end. */
  void end(long patienceMillis) {
    ended = true;
    waiting.clear();
    // Nobody reads it: it wakes the thread.
    waiting.add(new Session("").message("end", Bundles.empty()));
    interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(patienceMillis);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    Cell cell = running;
    if (cell != null) {
      cell.flush();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Callable<? extends Interpreter> maker) {
    try {
      interpreter.complete(maker.call());
    } catch (Throwable e) {
      interpreter.completeExceptionally(e);
    }
    while (true) {
      WireMessage request;
      try {
        request = next();
      } catch (InterruptedException e) {
        // It came too late for its cell.
        continue;
      }
      if (ended) {
        return;
      }
      try {
        execute(request);
      } catch (Throwable e) {
        System.getLogger("rft.kernel").log(System.Logger.Level.ERROR, "a cell was not finished", e);
      }
      // A stop that came late must not hit the next cell.
      Thread.interrupted();
    }
  }

  /** Returns the next request; while there is none, the engine of the cells is made quicker. */
  private WireMessage next() throws InterruptedException {
    // Cells that follow each other closely must not wait behind it.
    WireMessage request = waiting.poll(warmUps == 0 ? 0 : PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    while (request == null && warmUps < WARM_UPS) {
      warmUps++;
      try {
        interpreter.join().warmUp();
      } catch (Throwable e) {
        // Whatever is wrong, the first cell will say it to somebody who can do something about it.
        warmUps = WARM_UPS;
      }
      request = waiting.poll();
    }
    return request == null ? waiting.take() : request;
  }

  private void execute(WireMessage request) {
    Cell cell = new Cell(request, counted + 1, desk);
    if (cell.asked().storeHistory() && !cell.asked().code().isBlank()) {
      counted++;
    }
    running = cell;
    publisher.begin(request);
    cell.publish(
        "execute_input",
        Bundles.empty().put("code", cell.asked().code()).put("execution_count", cell.number()));
    ObjectNode reply;
    try {
      reply = answer(cell);
    } catch (Throwable e) {
      reply = fail(cell, Failure.of(e));
    } finally {
      CellOutput.release();
    }
    boolean failed = !reply.path("status").asText().equals("ok");
    List<WireMessage> given = new ArrayList<>();
    // Before the reply: what the front-end sends because of it is not to be given up.
    if (failed && cell.asked().stopOnError() && !cell.asked().silent()) {
      waiting.drainTo(given);
    }
    running = null;
    publisher.reply(Channel.SHELL, request, REPLY, reply.put("execution_count", cell.number()));
    publisher.end(request);
    given.forEach(this::giveUp);
  }

  private ObjectNode answer(Cell cell) {
    cell.adopt();
    Optional<DisplayData> result;
    try {
      result = run(cell);
    } catch (Throwable e) {
      return fail(cell, ended ? Failure.ended() : Failure.of(e));
    }
    Optional<ObjectNode> shown = result.map(Bundles::content);
    ObjectNode expressions = expressions(cell);
    cell.end();
    shown.ifPresent(
        content ->
            cell.publish(
                "execute_result", content.deepCopy().put("execution_count", cell.number())));
    remember(cell, shown.map(Bundles::plainText).orElse(""));
    ObjectNode reply = Bundles.empty().put("status", "ok");
    reply.set("user_expressions", expressions);
    reply.putArray("payload");
    return reply;
  }

  private Optional<DisplayData> run(Cell cell) throws CellError {
    Interpreter java = interpreter.join();
    if (cell.isInterrupted()) {
      throw Failure.interrupted().error();
    }
    return java.run(cell.asked().code(), cell.number(), cell);
  }

  private ObjectNode expressions(Cell cell) {
    ObjectNode values = Bundles.empty();
    cell.asked()
        .userExpressions()
        .forEach(
            (name, expression) -> {
              ObjectNode value;
              try {
                value = Bundles.content(interpreter.join().evaluate(expression));
                value.put("status", "ok");
              } catch (Throwable e) {
                value = Failure.of(e).reply();
              }
              values.set(name, value);
            });
    return values;
  }

  private ObjectNode fail(Cell cell, Failure failure) {
    cell.end();
    cell.publish("error", failure.content());
    remember(cell, "");
    return failure.reply();
  }

  private void remember(Cell cell, String output) {
    if (cell.asked().storeHistory() && !cell.asked().code().isBlank()) {
      history.add(cell.number(), cell.asked().code(), output);
    }
  }

  private void giveUp(WireMessage request) {
    publisher.busy(request);
    publisher.reply(
        Channel.SHELL,
        request,
        REPLY,
        Bundles.empty().put("status", "aborted").put("execution_count", counted));
    publisher.idle(request);
  }
}
