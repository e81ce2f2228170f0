package rft.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import rft.reward.RewardUnit;
import rft.template.ReadyReward;
import rft.template.RewardTemplates;

/** Lists the rewards that have a name: those made in this process, then the ready ones. */
@Command(
    name = "reward list",
    description = "List the rewards that can be named.",
    footer = {"  rft reward list", "  rft reward list --kind judge"})
public final class RewardList implements Verb<RewardList.Rewards> {
  private static final String NAMED = "named";

  @Option(
      names = "--kind",
      paramLabel = "K",
      completionCandidates = Names.RewardKinds.class,
      description = "Only rule, judge, loose, or named for one's own.")
  private @Nullable String kind;

  /** For picocli, which sets the options. */
  public RewardList() {}

  /**
   * The rewards.
   *
   * @param rewards named ones first, then ready ones: rules, judges, loose ones
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
              text.append(
                      ("%-" + Math.max(1, width) + "s  %-5s  ").formatted(row.name(), row.kind()))
                  .append(row.summary())
                  .append(row.needs().isEmpty() ? "" : " Needs " + String.join(", ", row.needs()))
                  .append('\n'));
      return Optional.of(text.toString().stripTrailing());
    }
  }

  /**
   * One reward.
   *
   * @param name what options call it
   * @param ready whether it comes with the product
   * @param kind {@code rule}, {@code judge} or {@code loose}; for one's own, that it is named
   * @param needs what it cannot do without: {@code reference}, {@code attributes}, {@code sandbox},
   *     {@code judge}
   * @param summary what it is, in one sentence
   */
  public record Row(String name, boolean ready, String kind, List<String> needs, String summary) {
    public Row {
      needs = List.copyOf(needs);
    }

    static Row of(ReadyReward ready) {
      List<String> needs = ready.needs().stream().map(ReadyReward.Need::jsonName).toList();
      return new Row(ready.name(), true, ready.kind().jsonName(), needs, ready.summary());
    }

    private static Row of(String name, RewardUnit unit) {
      return new Row(name, false, NAMED, List.of(), RewardShow.summary(unit));
    }
  }

  @Override
  public Rewards run(Progress progress) {
    if (kind != null) {
      NamedChoice.require(Names.RewardKinds.all(), "--kind", kind);
    }
    Workspace workspace = Workspace.current();
    List<Row> rows = new ArrayList<>();
    for (String name : workspace.names(RewardUnit.class)) {
      workspace.get(name, RewardUnit.class).ifPresent(unit -> rows.add(Row.of(name, unit)));
    }
    RewardTemplates.all().forEach(ready -> rows.add(Row.of(ready)));
    return new Rewards(
        rows.stream().filter(row -> kind == null || row.kind().equals(kind)).toList());
  }
}
