package rft.worker;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A worker as its judge sees it: lines in, lines out, and an end at any time. */
final class WorkerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration END_LIMIT = Duration.ofSeconds(5);
  private static final int LAST_WORDS = 2000;

  /** Stands for the end of the worker's output; no line is empty. */
  private static final String END = "";

  private final Process process;
  private final BufferedWriter input;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final StringBuilder lastWords = new StringBuilder();

  /** The worker did not answer in time. */
  static final class LateException extends IOException {
    private static final long serialVersionUID = 1L;

    LateException() {
      super("no answer in time");
    }
  }

  private WorkerProcess(Process process) {
    this.process = process;
    this.input =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII));
    daemon("reward worker output", this::readLines);
    daemon("reward worker errors", this::readErrors);
  }

  /**
   * Returns a worker that has loaded the reward.
   *
   * @throws IOException if it cannot be started, or cannot load the reward
   */
  static WorkerProcess start(Path jar) throws IOException, InterruptedException {
    WorkerProcess worker = new WorkerProcess(WorkerCommand.of(jar).start());
    boolean ready = false;
    try {
      String problem = WorkerLines.problem(worker.receive(START_LIMIT));
      if (!problem.isEmpty()) {
        throw new IOException(problem);
      }
      ready = true;
      return worker;
    } finally {
      if (!ready) {
        worker.close();
      }
    }
  }

  /**
   * @throws IOException if it died
   */
  void send(String line) throws IOException, InterruptedException {
    try {
      input.write(line);
      input.write('\n');
      input.flush();
    } catch (IOException e) {
      throw death(e);
    }
  }

  /**
   * Returns its next line.
   *
   * @throws LateException if there is none in time
   * @throws IOException if it died
   */
  String receive(Duration limit) throws IOException, InterruptedException {
    String line = lines.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (line == null) {
      throw new LateException();
    }
    if (line.equals(END)) {
      throw death(null);
    }
    return line;
  }

  /** Waits until a call of the reward begins. */
  void receiveBegin() throws IOException, InterruptedException {
    String line = receive(START_LIMIT);
    if (!line.equals(WorkerLines.BEGIN)) {
      throw new IOException("the reward's process printed what is no answer");
    }
  }

  private IOException death(@Nullable IOException cause) throws InterruptedException {
    boolean ended = process.waitFor(1, TimeUnit.SECONDS);
    String how = ended ? "ended with exit code " + process.exitValue() : "closed its output";
    String words;
    synchronized (lastWords) {
      words = lastWords.toString().strip();
    }
    String last = words.substring(words.lastIndexOf('\n') + 1);
    return new IOException(
        "the reward's process " + how + (last.isEmpty() ? "" : ", after: " + last), cause);
  }

  /** Kills it with all processes it started, and returns once it is gone. */
  @Override
  public void close() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void readLines() {
    try (BufferedReader output = reader(process.getInputStream())) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (!line.isEmpty()) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      // A killed process closes its output in any way: its end is all that there is to know.
    } finally {
      lines.add(END);
    }
  }

  /** Keeps the end of what a reward prints, which else would fill a pipe and block it. */
  private void readErrors() {
    try (BufferedReader errors = reader(process.getErrorStream())) {
      char[] some = new char[1024];
      for (int count = errors.read(some); count >= 0; count = errors.read(some)) {
        synchronized (lastWords) {
          lastWords.append(some, 0, count);
          lastWords.delete(0, Math.max(0, lastWords.length() - LAST_WORDS));
        }
      }
    } catch (IOException e) {
      // The same.
    }
  }

  private static BufferedReader reader(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }
}
