package rft.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.dataset.NearestName;
import rft.reward.RewardCompiler;
import rft.reward.RewardUnit;

/**
 * The ready rewards by name. Their sources ship with the product: to change one, copy its {@link
 * #source}, edit it and compile it as a reward of one's own.
 */
public final class RewardTemplates {
  /** A reward to begin with: methods that run as they stand and show what there is. */
  public static final String STARTER =
      """
      // Each method is a part of the reward: its value times its weight goes into the sum.
      // There are String completion, answer and prompt, and Task task and Completion rollout.
      boolean correct(String completion, String answer) {
        return lastNumber(completion).equals(answer);
      }

      @Weight(0.1)
      double brief(String completion) {
        return completion.length() <= 60 ? 1 : 0;
      }

      @Weight(0) // a metric: recorded, not rewarded
      double words(String completion) {
        return completion.strip().split("\\\\s+").length;
      }

      private String lastNumber(String text) {
        Matcher number = Pattern.compile("-?\\\\d+").matcher(text);
        String last = "";
        while (number.find()) {
          last = number.group();
        }
        return last;
      }
      """;

  private static final String FOLDER = "/META-INF/reward-templates/";
  private static final Map<String, String> FILES = files();
  private static final Pattern FIRST_SENTENCE = Pattern.compile("(?s)/\\*\\*(.*?\\.)\\s");

  private RewardTemplates() {}

  /** Returns all names, strict rewards first, for example {@code number-match}. */
  public static List<String> names() {
    return List.copyOf(FILES.keySet());
  }

  /** Returns true if there is a ready reward with this name. */
  public static boolean has(String name) {
    return FILES.containsKey(name);
  }

  /**
   * Returns the Java source of a ready reward: one file that compiles by itself.
   *
   * @throws IllegalArgumentException if there is no such reward, naming the nearest
   */
  public static String source(String name) {
    String file = FILES.get(name);
    if (file == null) {
      throw new IllegalArgumentException(
          "there is no ready reward "
              + name
              + ": did you mean "
              + NearestName.closest(name, names()).orElseThrow()
              + "? There are "
              + String.join(", ", names()));
    }
    try (InputStream in = RewardTemplates.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("the product lacks its file " + FOLDER + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FOLDER + file, e);
    }
  }

  /**
   * Returns what a ready reward rewards, in one sentence from its source.
   *
   * @throws IllegalArgumentException if there is no such reward, naming the nearest
   */
  public static String summary(String name) {
    Matcher sentence = FIRST_SENTENCE.matcher(source(name));
    if (!sentence.find()) {
      throw new IllegalStateException("the ready reward " + name + " does not say what it does");
    }
    return sentence
        .group(1)
        .replaceAll("\\{@code (.*?)\\}", "$1")
        .replaceAll("[\\s*]+", " ")
        .strip();
  }

  /**
   * Returns a ready reward as the unit that runs, jobs and other machines load; compiling it takes
   * part of a second.
   *
   * @throws IllegalArgumentException if there is no such reward, naming the nearest
   * @throws IllegalStateException if this Java has no compiler
   */
  public static RewardUnit unit(String name) {
    return new RewardCompiler().compile(name, source(name));
  }

  private static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("number-match", "NumberMatch.java");
    files.put("json-match", "JsonMatch.java");
    files.put("exact-match", "ExactMatch.java");
    files.put("instruction-following", "InstructionFollowing.java");
    files.put("summarization", "Summarization.java");
    files.put("reasoning-evaluation", "ReasoningEvaluation.java");
    files.put("rag-faithfulness", "RagFaithfulness.java");
    files.put("format-only", "FormatOnly.java");
    files.put("parses-as-json", "ParsesAsJson.java");
    files.put("substring-match", "SubstringMatch.java");
    return files;
  }
}
