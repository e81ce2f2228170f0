package rft.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Progress;
import rft.wire.ExecuteRequest;
import rft.wire.KernelClient;
import rft.wire.PendingReply;
import rft.wire.WireMessage;

/** Runs the cells of a notebook one after the other and keeps what they show. */
final class NotebookExecution {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Longer than the time in which a second interrupt asks a kernel to stop hard. */
  private static final Duration INTERRUPTED_CELL = Duration.ofSeconds(5);

  private static final int INTERRUPTS = 3;

  /** Colours and other sequences that only a terminal understands. */
  private static final String ESCAPES = "\u001b\\[[0-9;]*[A-Za-z]";

  /** The tag with which nbclient, too, lets a cell show its error and goes on. */
  private static final String MAY_FAIL = "raises-exception";

  private static final int WIDEST_TITLE = 60;

  private final Notebook notebook;
  private final KernelClient client;
  private final Progress progress;
  private final @Nullable Duration cellLimit;
  private final OutputRecorder recorder = new OutputRecorder();
  private final Map<String, CodeCell> running = new HashMap<>();

  /**
   * @param cellLimit how long a cell may take; null for as long as it likes
   */
  NotebookExecution(
      Notebook notebook, KernelClient client, Progress progress, @Nullable Duration cellLimit) {
    this.notebook = notebook;
    this.client = client;
    this.progress = progress;
    this.cellLimit = cellLimit;
  }

  /**
   * Runs everything, or up to the first cell that fails.
   *
   * @throws CommandException if the caller asked to stop, or a cell took too long
   * @throws IOException if the kernel died, with its last words
   * @throws TimeoutException if it does not even acknowledge an interrupt
   */
  Optional<NotebookOutcome.Failure> run()
      throws IOException, InterruptedException, TimeoutException {
    client.onPublished(this::published);
    List<CodeCell> cells = notebook.codeCells();
    cells.forEach(CodeCell::clear);
    for (CodeCell cell : cells) {
      if (!cell.source().isBlank()) {
        Optional<NotebookOutcome.Failure> failed = run(cell);
        if (failed.isPresent()) {
          return failed;
        }
      }
    }
    return Optional.empty();
  }

  /** A thread that a cell started may show something while a later cell runs, or after the last. */
  private synchronized void published(WireMessage message) {
    CodeCell cell = running.get(message.parentId());
    if (cell != null) {
      recorder.record(cell, message.type(), message.content());
    }
  }

  private Optional<NotebookOutcome.Failure> run(CodeCell cell)
      throws IOException, InterruptedException, TimeoutException {
    long start = System.nanoTime();
    PendingReply pending;
    // The lock is held so that no output arrives before it is known whose it is.
    synchronized (this) {
      pending = client.submit(ExecuteRequest.of(cell.source()));
      running.put(pending.id(), cell);
    }
    ObjectNode reply = await(pending, cell).content();
    synchronized (this) {
      cell.setExecutionCount(reply.path("execution_count").asInt());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    progress.say("cell %d, %.1f s: %s".formatted(cell.number(), seconds, shortTitle(cell)));
    return reply.path("status").asText().equals("ok") || cell.hasTag(MAY_FAIL)
        ? Optional.empty()
        : Optional.of(failed(cell, reply));
  }

  private static String shortTitle(CodeCell cell) {
    String title = cell.title();
    return title.length() <= WIDEST_TITLE ? title : title.substring(0, WIDEST_TITLE) + "..";
  }

  private static NotebookOutcome.Failure failed(CodeCell cell, JsonNode reply) {
    List<String> traceback = new ArrayList<>();
    reply
        .path("traceback")
        .forEach(lines -> lines.asText().replaceAll(ESCAPES, "").lines().forEach(traceback::add));
    return new NotebookOutcome.Failure(
        cell.number(),
        cell.title(),
        reply.path("ename").asText(),
        reply.path("evalue").asText(),
        traceback);
  }

  private WireMessage await(PendingReply pending, CodeCell cell)
      throws IOException, InterruptedException, TimeoutException {
    long start = System.nanoTime();
    while (true) {
      try {
        return pending.await(POLL);
      } catch (IOException gone) {
        throw new CommandException(
            ExitCode.FAILED,
            "cell "
                + cell.number()
                + " lost its kernel, a training in it is kept up to its last step (rft runs list): "
                + gone.getMessage(),
            gone);
      } catch (TimeoutException stillRunning) {
        if (progress.stopRequested()) {
          giveUp(pending);
          throw new CommandException(
              ExitCode.INTERRUPTED, "interrupted in cell " + cell.number() + ": " + cell.title());
        }
        if (cellLimit != null && System.nanoTime() - start > cellLimit.toNanos()) {
          giveUp(pending);
          throw new CommandException(
              ExitCode.FAILED,
              "cell "
                  + cell.number()
                  + " took longer than "
                  + cellLimit.toMillis() / 1000.0
                  + " s (--timeout): "
                  + cell.title());
        }
      }
    }
  }

  /**
   * Stops the cell, so that a training in it can save its work before the kernel is closed. Asks
   * again later: the first time the kernel may not have begun with the cell.
   */
  private void giveUp(PendingReply pending)
      throws IOException, InterruptedException, TimeoutException {
    for (int attempt = 0; attempt < INTERRUPTS; attempt++) {
      client.interrupt();
      if (ends(pending)) {
        return;
      }
    }
    progress.say("The kernel did not give up the cell; it is ended.");
  }

  private static boolean ends(PendingReply pending) throws IOException, InterruptedException {
    try {
      pending.await(INTERRUPTED_CELL);
      return true;
    } catch (TimeoutException stillRunning) {
      return false;
    }
  }
}
