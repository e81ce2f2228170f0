package rft.sandbox;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A confined process that answers lines; what it prints on standard error is read all the time. */
final class ProcessWorker implements Worker {
  private final ConfinedProcess confined;
  private final Limits limits;
  private final CappedText errors;
  private final InputStream answers;
  private final OutputStream questions;
  private final ExecutorService exchange;
  private volatile boolean flooded;

  ProcessWorker(ConfinedProcess confined, String input, Limits limits) throws IOException {
    this.confined = confined;
    this.limits = limits;
    this.errors = new CappedText(limits.outputBytes());
    Process process = confined.process();
    this.answers = new BufferedInputStream(process.getInputStream());
    this.questions = process.getOutputStream();
    this.exchange =
        Executors.newSingleThreadExecutor(task -> Starter.daemon(task, "sandbox-worker"));
    Starter.daemon(() -> errors.readAll(process.getErrorStream(), this::onFlood), "sandbox-stream")
        .start();
    if (!input.isEmpty()) {
      questions.write(input.getBytes(StandardCharsets.UTF_8));
      questions.flush();
    }
  }

  private void onFlood() {
    flooded = true;
    confined.kill();
  }

  @Override
  public String ask(String line, Duration time) throws IOException, InterruptedException {
    if (line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a question to a worker is one line");
    }
    errors.clear();
    try {
      Future<String> answer = exchange.submit(() -> exchanged(line));
      return answer.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      close();
      throw new WorkerException(
          WorkerException.Reason.TIMED_OUT, "no answer within " + time.toMillis() + " ms");
    } catch (InterruptedException e) {
      close();
      throw e;
    } catch (RejectedExecutionException e) {
      throw new WorkerException(WorkerException.Reason.DIED, "it has ended before");
    } catch (ExecutionException e) {
      close();
      throw flooded
          ? new WorkerException(WorkerException.Reason.OUTPUT_LIMIT, "it printed without end")
          : e.getCause() instanceof WorkerException known
              ? known
              : new WorkerException(WorkerException.Reason.DIED, ending());
    }
  }

  private String exchanged(String line) throws IOException {
    questions.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    questions.flush();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    for (int b = answers.read(); b != '\n'; b = answers.read()) {
      if (b < 0) {
        throw new WorkerException(WorkerException.Reason.DIED, ending());
      }
      if (answer.size() == limits.outputBytes()) {
        throw new WorkerException(
            WorkerException.Reason.OUTPUT_LIMIT,
            "its answer is longer than " + limits.outputBytes() + " bytes");
      }
      answer.write(b);
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  /** Returns how it ended, with the last line it printed. */
  private String ending() {
    String exit = "it ended";
    try {
      if (confined.process().waitFor(1, TimeUnit.SECONDS)) {
        exit += " with exit code " + confined.process().exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String printed = errors.text().stripTrailing();
    String last = printed.substring(printed.lastIndexOf('\n') + 1);
    return last.isEmpty() ? exit : exit + ", last saying: " + shortened(last);
  }

  private static String shortened(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "..";
  }

  @Override
  public void close() {
    confined.close();
    exchange.shutdownNow();
  }
}
