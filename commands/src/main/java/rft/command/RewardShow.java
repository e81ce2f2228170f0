package rft.command;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import rft.reward.RewardUnit;
import rft.run.PrintableText;

/** Shows what a reward is made of. */
@Command(
    name = "reward show",
    description = "Show a reward: its parts, its source, its hash.",
    footer = "  rft reward show number-match")
public final class RewardShow implements Verb<RewardShow.Card> {
  @Parameters(
      arity = "1",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description = "A ready reward's name, a .java file or a reward's .jar.")
  private String reward = "";

  /** For picocli, which sets the options. */
  public RewardShow() {}

  /**
   * A reward at a glance.
   *
   * @param name what it is called
   * @param language what it is written in
   * @param sha256 of its name, source, classes and jars
   * @param weights of the parts that it declares, 0 for a metric; empty for none
   * @param dependencies file names of its jars
   * @param source as it was written
   * @param unit the reward itself
   */
  public record Card(
      String name,
      String language,
      String sha256,
      Map<String, Double> weights,
      List<String> dependencies,
      String source,
      @JsonIgnore RewardUnit unit)
      implements Result {
    public Card {
      weights = new LinkedHashMap<>(weights);
      dependencies = List.copyOf(dependencies);
    }

    @Override
    public Object named() {
      return unit;
    }

    @Override
    public Optional<String> text() {
      StringBuilder text = new StringBuilder("reward " + name + " " + sha256 + "\n");
      if (!language.equals(RewardUnit.JAVA)) {
        text.append("  in ").append(language).append('\n');
      }
      weights.forEach(
          (part, weight) ->
              text.append(
                  "  %-16s  %s%n".formatted(part, weight == 0 ? "metric" : "weight " + weight)));
      if (!dependencies.isEmpty()) {
        text.append("  with ").append(String.join(", ", dependencies)).append('\n');
      }
      return Optional.of(text + "\n" + PrintableText.block(source).stripTrailing());
    }
  }

  @Override
  public Card run(Progress progress) throws IOException {
    RewardUnit unit = Installation.current().reward(reward);
    return new Card(
        unit.name(),
        unit.language(),
        unit.sha256(),
        unit.weights(),
        unit.dependencies(),
        unit.source(),
        unit);
  }

  /** Returns what a reward of a user is, in one sentence. */
  static String summary(RewardUnit unit) {
    Map<String, Double> weights = unit.weights();
    return weights.isEmpty()
        ? "One value, " + unit.sha256().substring(0, 12) + "."
        : "Parts " + GroupText.weights(weights) + ", " + unit.sha256().substring(0, 12) + ".";
  }
}
