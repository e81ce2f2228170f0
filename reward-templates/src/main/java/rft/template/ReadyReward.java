package rft.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reward that ships with the product, and what its own source says of it.
 *
 * @param name what options call it, for example {@code number-match}
 * @param kind how it decides
 * @param needs what it cannot do without
 * @param summary what it rewards, in one sentence
 * @param about what it pays and what it does not catch, one paragraph each
 * @param options what one may change in a copy of it
 * @param source one Java file, without a package, that compiles by itself
 * @param examples its tests, as {@code rft.lab.RewardExamples} reads them
 */
public record ReadyReward(
    String name,
    Kind kind,
    List<Need> needs,
    String summary,
    List<String> about,
    List<Option> options,
    String source,
    String examples) {
  private static final Pattern CONSTANT =
      Pattern.compile("(?ms)^  private static final [\\w<>, .]+? (\\w+)\\s*=\\s*(.*?);\n");
  private static final Pattern MARKUP =
      Pattern.compile("\\{@(?:code|link|literal) ((?:[^{}]++|\\{[^{}]*+})*+)}");

  public ReadyReward {
    needs = List.copyOf(needs);
    about = List.copyOf(about);
    options = List.copyOf(options);
  }

  /** How a reward decides. */
  public enum Kind {
    /** By a rule: the same answer always earns the same. */
    RULE,
    /** A model is asked. */
    JUDGE,
    /** By a rule that is too weak on purpose, to show what a policy makes of it. */
    LOOSE;

    /** Returns the name that options use, for example {@code rule}. */
    public String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a reward cannot do without: it abstains, or fails. */
  public enum Need {
    /** The task's reference answer. */
    REFERENCE("new Abstain(\"the task has no reference", "new Abstain(\"the reference answer is"),
    /** Further fields of the task's row. */
    ATTRIBUTES("new Abstain(\"the row has no"),
    /** A sandbox to run code in. */
    SANDBOX("import rft.sandbox."),
    /** A model that judges. */
    JUDGE("import rft.judge.");

    private final String signs;

    Need(String... signs) {
      this.signs = String.join("\n", signs);
    }

    private boolean showsIn(String source) {
      return signs.lines().anyMatch(source::contains);
    }

    /** Returns the name that listings use, for example {@code reference}. */
    public String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A constant of the source that one may change in a copy.
   *
   * @param name of the constant
   * @param value as it stands in the source
   * @param meaning what it does
   */
  public record Option(String name, String value, String meaning) {}

  /**
   * Returns the reward of a source.
   *
   * @throws IllegalStateException if the source does not say what it rewards
   */
  static ReadyReward of(String name, String source, String examples) {
    List<String> paragraphs = commentBefore(source, source.indexOf("\npublic final class "));
    if (paragraphs.isEmpty()) {
      throw new IllegalStateException("the ready reward " + name + " does not say what it does");
    }
    String first = paragraphs.get(0);
    int end = first.indexOf(". ");
    List<Need> needs = Arrays.stream(Need.values()).filter(need -> need.showsIn(source)).toList();
    Kind kind =
        needs.contains(Need.JUDGE)
            ? Kind.JUDGE
            : first.contains("Loose on purpose") ? Kind.LOOSE : Kind.RULE;
    List<String> about = new ArrayList<>(paragraphs.subList(1, paragraphs.size()));
    if (end >= 0) {
      about.add(0, first.substring(end + 2));
    }
    String summary = end < 0 ? first : first.substring(0, end + 1);
    return new ReadyReward(name, kind, needs, summary, about, optionsOf(source), source, examples);
  }

  /** Returns the paragraphs of the comment that ends right before a place, as plain text. */
  private static List<String> commentBefore(String source, int place) {
    String before = source.substring(0, Math.max(0, place)).stripTrailing();
    int begin = before.lastIndexOf("/**");
    if (begin < 0 || !before.endsWith("*/")) {
      return List.of();
    }
    String comment = before.substring(begin + 3, before.length() - 2);
    return Arrays.stream(comment.replaceAll("\\n\\s*\\*", "\n").split("<p>", -1))
        .map(ReadyReward::plain)
        .toList();
  }

  private static String plain(String javadoc) {
    return MARKUP
        .matcher(javadoc.replaceAll("\\s+", " "))
        .replaceAll("$1")
        .replaceAll("</?(?:code|em|b)>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .strip();
  }

  /** Returns the constants that have a comment: those without one are not for users. */
  private static List<Option> optionsOf(String source) {
    List<Option> options = new ArrayList<>();
    CONSTANT
        .matcher(source)
        .results()
        .forEach(
            found -> {
              List<String> meaning = commentBefore(source, found.start());
              if (!meaning.isEmpty()) {
                String value = found.group(2).replaceAll("\\s+", " ").strip();
                options.add(new Option(found.group(1), value, String.join(" ", meaning)));
              }
            });
    return options;
  }

  /**
   * Returns the source with other values of its options.
   *
   * @param values by the option's name, as Java writes them
   * @throws IllegalArgumentException if there is no such option
   */
  public String sourceWith(Map<String, String> values) {
    String changed = source;
    for (Map.Entry<String, String> entry : values.entrySet()) {
      Optional<MatchResult> constant =
          CONSTANT
              .matcher(changed)
              .results()
              .filter(found -> found.group(1).equals(entry.getKey()))
              .findFirst();
      if (constant.isEmpty() || options.stream().noneMatch(o -> o.name().equals(entry.getKey()))) {
        throw new IllegalArgumentException("reward " + name + " has no option " + entry.getKey());
      }
      changed =
          changed.substring(0, constant.get().start(2))
              + entry.getValue()
              + changed.substring(constant.get().end(2));
    }
    return changed;
  }

  /**
   * Returns a notebook's cell that makes a copy of this reward, to be changed: {@code %%reward}
   * with a name that notebooks allow, and the source below.
   */
  public String cell() {
    Matcher dashes = Pattern.compile("-(\\w)").matcher(name);
    String identifier = dashes.replaceAll(dash -> dash.group(1).toUpperCase(Locale.ROOT));
    return "%%reward " + identifier + "\n" + source;
  }
}
