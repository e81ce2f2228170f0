package rft.lab;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The file of a reward's examples, {@code NAME.examples.jsonl}: the completions that it must pay,
 * and those that it must not. They are the reward's tests.
 *
 * <p>Each line is one JSON object: the fields of a dataset's row ({@code messages}, or {@code
 * prompt} for one message of the user; {@code reference_answer}; attributes), {@code completion},
 * which is a text or an assistant message with {@code tool_calls} and {@code finish_reason}, and
 * what is expected: {@code reward}, or {@code min} and {@code max} or one of them, or {@code
 * abstain} true, or {@code failure} with its kind. {@code why} is for the reader; {@code judge} is
 * what a judging model answers. Blank lines are skipped.
 */
public final class RewardExamples {
  /** How the files' names end. */
  public static final String ENDING = ".examples.jsonl";

  private RewardExamples() {}

  /** Returns the name of the file for a reward of this name. */
  public static String fileName(String reward) {
    return reward + ENDING;
  }

  /** Returns the file beside the source or the jar of a reward, whether or not it exists. */
  public static Path beside(Path reward) {
    String name = String.valueOf(reward.getFileName());
    int dot = name.lastIndexOf('.');
    return reward.resolveSibling(fileName(dot > 0 ? name.substring(0, dot) : name));
  }

  /**
   * Returns the examples of a file, in its order.
   *
   * @throws IllegalArgumentException if a line is no example, naming file and line
   * @throws IOException if the file cannot be read
   */
  public static List<RewardExample> read(Path file) throws IOException {
    return parse(file.toString(), text(file));
  }

  /**
   * Returns the examples of a text.
   *
   * @param name what messages call it
   * @throws IllegalArgumentException if a line is no example, naming text and line
   */
  public static List<RewardExample> parse(String name, String text) {
    List<RewardExample> examples = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          examples.add(ExampleRow.read(lines.get(i), i + 1L));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(name + ":" + (i + 1) + ": " + e.getMessage(), e);
        }
      }
    }
    return examples;
  }

  /**
   * Adds an example to a file, which is made if it does not exist; it changes at once and whole, or
   * not at all.
   *
   * @return false if the file has an example of the same task and completion, and was left alone
   * @throws IllegalArgumentException if the file has a line that is no example, or the example
   *     cannot be written
   * @throws IOException if the file cannot be read or written
   */
  public static synchronized boolean add(Path file, RewardExample example) throws IOException {
    String line = ExampleRow.write(example);
    String before = Files.exists(file) ? text(file) : "";
    if (parse(file.toString(), before).stream().anyMatch(example::asksTheSameAs)) {
      return false;
    }
    String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
    replace(file, before + gap + line + "\n");
    return true;
  }

  /**
   * Writes examples to a file that appears at once and whole, in place of an older one.
   *
   * @throws IllegalArgumentException if an example cannot be written
   * @throws IOException if the file cannot be written; an older one is then still in place
   */
  public static synchronized void write(Path file, List<RewardExample> examples)
      throws IOException {
    StringBuilder text = new StringBuilder();
    examples.forEach(example -> text.append(ExampleRow.write(example)).append('\n'));
    replace(file, text.toString());
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not UTF-8 text: save it as UTF-8", e);
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path target = file.toAbsolutePath();
    Path draft =
        target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.writeString(draft, text);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
