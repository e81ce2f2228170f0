package rft.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.reward.Failure;

/**
 * Sends each event to a new process of a program: the event on its standard input, the reply on its
 * standard output.
 */
final class CommandWire implements LambdaWire {
  private static final Duration STANDARD_LIMIT = Duration.ofSeconds(60);
  private static final int MAX_BYTES = RewardService.MAX_BYTES;
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  private final List<String> words;
  private final Duration limit;

  CommandWire(List<String> words) {
    this(words, STANDARD_LIMIT);
  }

  CommandWire(List<String> words, Duration limit) {
    this.words = List.copyOf(words);
    this.limit = limit;
  }

  /**
   * Returns program and arguments of a command line; quotes hold words with spaces together.
   *
   * @throws IllegalArgumentException if it names no program, or one that is not there
   */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(
          word.group(1) != null
              ? word.group(1)
              : word.group(2) != null ? word.group(2) : word.group(3));
    }
    if (words.isEmpty()) {
      throw new IllegalArgumentException(
          "no program after " + RemoteLanguage.COMMAND + ", for example command:./score.sh");
    }
    String program = words.get(0);
    if (program.contains("/") && !Files.isExecutable(Path.of(program))) {
      throw new IllegalArgumentException(
          program
              + (Files.exists(Path.of(program))
                  ? " is not executable: chmod +x " + program
                  : " does not exist"));
    }
    return words;
  }

  @Override
  public String send(String event) throws LambdaException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(words).start();
    } catch (IOException e) {
      throw new LambdaException(
          Failure.Kind.SERVICE, words.get(0) + " cannot be started: " + e.getMessage());
    }
    try {
      CompletableFuture<String> errors = read(process.getErrorStream());
      CompletableFuture<String> output = read(process.getInputStream());
      write(process.getOutputStream(), event);
      long deadline = System.nanoTime() + limit.toNanos();
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw timeout();
      }
      String reply = output.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (process.exitValue() != 0 && reply.isBlank()) {
        throw new LambdaException(
            Failure.Kind.EXCEPTION,
            words.get(0)
                + " ended with "
                + process.exitValue()
                + said(errors.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)));
      }
      return reply;
    } catch (TimeoutException e) {
      throw timeout();
    } catch (ExecutionException e) {
      throw new LambdaException(
          Failure.Kind.UNREADABLE, words.get(0) + " was not heard out: " + e.getMessage());
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private LambdaException timeout() {
    return new LambdaException(
        Failure.Kind.TIMEOUT,
        words.get(0) + " did not answer within " + limit.toMillis() + " ms and was killed");
  }

  /** Returns the last line of what a program said of its end. */
  private static String said(String errors) {
    String text = errors.strip();
    return text.isEmpty()
        ? ""
        : ": " + ContractJson.shortened(text.substring(text.lastIndexOf('\n') + 1));
  }

  /** A program that does not read its input is no error. */
  private static void write(OutputStream input, String event) {
    start(
        () -> {
          try (input) {
            input.write(event.getBytes(StandardCharsets.UTF_8));
            input.write('\n');
          } catch (IOException e) {
            // The program closed its input, or ended: what it answered says more.
          }
        });
  }

  private static CompletableFuture<String> read(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    start(
        () -> {
          try (stream) {
            byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
              throw new IOException("it printed more than " + MAX_BYTES + " bytes");
            }
            text.complete(new String(bytes, StandardCharsets.UTF_8));
          } catch (IOException e) {
            text.completeExceptionally(e);
          }
        });
    return text;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "reward command");
    thread.setDaemon(true);
    thread.start();
  }
}
