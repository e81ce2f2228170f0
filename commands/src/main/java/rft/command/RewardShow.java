package rft.command;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.lab.RewardExample;
import rft.reward.RewardUnit;
import rft.run.PrintableText;
import rft.template.ReadyReward;
import rft.template.RewardTemplates;

/** Shows what a reward is made of. */
@Command(
    name = "reward show",
    description = "Show a reward: what it pays, options, examples, source.",
    footer = {"  rft reward show number-match", "  rft reward show number-match --source"})
public final class RewardShow implements Verb<RewardShow.Card> {
  private static final int WIDTH = 90;

  @Parameters(
      arity = "1",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description = "A ready reward's name, a reward's file or address.")
  private String reward = "";

  @Option(names = "--source", description = "Only the source, to be copied and changed.")
  private boolean sourceOnly;

  /** For picocli, which sets the options. */
  public RewardShow() {}

  /**
   * A reward at a glance.
   *
   * @param name what it is called
   * @param language what it is written in
   * @param sha256 of its name, source, classes and jars
   * @param about what it rewards, pays and does not catch, one paragraph each; empty for one's own
   * @param options what one may change in a copy of it
   * @param weights of the parts that it declares, 0 for a metric; empty for none
   * @param dependencies file names of its jars
   * @param examples its tests
   * @param source as it was written
   * @param cell a notebook's cell that makes a copy of it; empty for one's own
   * @param unit the reward itself
   * @param sourceOnly whether the text is the source alone
   */
  public record Card(
      String name,
      String language,
      String sha256,
      List<String> about,
      List<ReadyReward.Option> options,
      Map<String, Double> weights,
      List<String> dependencies,
      List<Example> examples,
      String source,
      @JsonIgnore String cell,
      @JsonIgnore RewardUnit unit,
      @JsonIgnore boolean sourceOnly)
      implements Result {
    public Card {
      about = List.copyOf(about);
      options = List.copyOf(options);
      weights = new LinkedHashMap<>(weights);
      dependencies = List.copyOf(dependencies);
      examples = List.copyOf(examples);
    }

    @Override
    public Object named() {
      return unit;
    }

    @Override
    public Optional<String> text() {
      String printable = PrintableText.block(source).stripTrailing();
      return Optional.of(sourceOnly ? printable : head() + "\n" + printable);
    }

    private String head() {
      StringBuilder text = new StringBuilder("reward " + name + " " + sha256 + "\n");
      if (!language.equals(RewardUnit.JAVA)) {
        text.append("  in ").append(language).append('\n');
      }
      about.forEach(paragraph -> text.append(wrapped(paragraph)).append('\n'));
      options.forEach(
          option ->
              text.append("  option %s = %s%n".formatted(option.name(), option.value()))
                  .append(wrapped(option.meaning()).indent(4)));
      weights.forEach(
          (part, weight) ->
              text.append(
                  "  %-16s  %s%n".formatted(part, weight == 0 ? "metric" : "weight " + weight)));
      if (!dependencies.isEmpty()) {
        text.append("  with ").append(String.join(", ", dependencies)).append('\n');
      }
      examples.forEach(
          example -> text.append("  %10s  %s%n".formatted(example.expected(), example.sentence())));
      return text.toString();
    }

    private static String wrapped(String paragraph) {
      return paragraph.replaceAll("(.{1,%d})(?: |$)".formatted(WIDTH), "  $1\n").stripTrailing();
    }
  }

  /**
   * One of a reward's examples.
   *
   * @param prompt the user's text
   * @param completion the text that is scored
   * @param expected what it must get, in words
   * @param why it is one; empty if nobody said
   */
  public record Example(String prompt, String completion, String expected, String why) {
    private static Example of(RewardExample example) {
      return new Example(
          example.task().promptText(),
          RewardTest.shown(example.completion()),
          example.expected().text(),
          example.why() == null ? "" : example.why());
    }

    private String sentence() {
      String cut =
          completion.length() <= WIDTH ? completion : completion.substring(0, WIDTH) + "..";
      return PrintableText.line(cut + (why.isEmpty() ? "" : "  (" + why + ")"));
    }
  }

  @Override
  public Card run(Progress progress) throws IOException {
    RewardUnit unit = Installation.current().reward(reward);
    Optional<ReadyReward> ready =
        RewardTemplates.has(unit.name())
                && RewardTemplates.named(unit.name()).source().equals(unit.source())
            ? Optional.of(RewardTemplates.named(unit.name()))
            : Optional.empty();
    List<String> about = new ArrayList<>();
    ready.ifPresent(
        known -> {
          about.add(known.summary());
          about.addAll(known.about());
        });
    List<Example> examples =
        new ExampleFile(reward, unit)
            .read().stream()
                .flatMap(source -> source.examples().stream())
                .map(Example::of)
                .toList();
    return new Card(
        unit.name(),
        unit.language(),
        unit.sha256(),
        about,
        ready.map(ReadyReward::options).orElse(List.of()),
        unit.weights(),
        unit.dependencies(),
        examples,
        unit.source(),
        ready.map(ReadyReward::cell).orElse(""),
        unit,
        sourceOnly);
  }

  /** Returns what a reward of a user is, in one sentence. */
  static String summary(RewardUnit unit) {
    Map<String, Double> weights = unit.weights();
    return weights.isEmpty()
        ? "One value, " + unit.sha256().substring(0, 12) + "."
        : "Parts " + GroupText.weights(weights) + ", " + unit.sha256().substring(0, 12) + ".";
  }
}
