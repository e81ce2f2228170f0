package rft.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import rft.reward.RewardUnit;
import rft.template.RewardTemplates;

/** Lists the rewards that have a name: those made in this process, then the ready ones. */
@Command(
    name = "reward list",
    description = "List the rewards that can be named.",
    footer = "  rft reward list")
public final class RewardList implements Verb<RewardList.Rewards> {
  /** For picocli, which sets the options. */
  public RewardList() {}

  /**
   * The rewards.
   *
   * @param rewards named ones first, then ready ones, strict before loose
   */
  public record Rewards(List<Row> rewards) implements Result {
    public Rewards {
      rewards = List.copyOf(rewards);
    }

    @Override
    public Optional<String> text() {
      int width = rewards.stream().mapToInt(row -> row.name().length()).max().orElse(0);
      StringBuilder text = new StringBuilder();
      rewards.forEach(
          row ->
              text.append(row.name())
                  .append(" ".repeat(width - row.name().length() + 2))
                  .append(row.summary())
                  .append('\n'));
      return Optional.of(text.toString().stripTrailing());
    }
  }

  /**
   * One reward.
   *
   * @param name what options call it
   * @param ready whether it comes with the product
   * @param summary what it is, in one sentence
   */
  public record Row(String name, boolean ready, String summary) {}

  @Override
  public Rewards run(Progress progress) {
    List<Row> rows = new ArrayList<>();
    Workspace workspace = Workspace.current();
    for (String name : workspace.names(RewardUnit.class)) {
      workspace
          .get(name, RewardUnit.class)
          .ifPresent(unit -> rows.add(new Row(name, false, RewardShow.summary(unit))));
    }
    RewardTemplates.names()
        .forEach(name -> rows.add(new Row(name, true, RewardTemplates.summary(name))));
    return new Rewards(rows);
  }
}
