package rft.display;

import java.util.List;
import java.util.Map;
import rft.command.RewardList;
import rft.command.RewardShow;
import rft.command.RewardTest;
import rft.run.NumberText;
import rft.template.ReadyReward;

/** Shows what rewards there are, what one is made of, and what became of its examples. */
final class ReadyRewardViews {
  private ReadyRewardViews() {}

  static Shown list(RewardList.Rewards rewards) {
    Sheet sheet = new Sheet("reward", "kind", "what it is", "needs");
    rewards
        .rewards()
        .forEach(
            row ->
                sheet.row(row.name(), row.kind(), row.summary(), String.join(", ", row.needs())));
    return sheet.shown();
  }

  static Shown card(RewardShow.Card card) {
    Page page = new Page().heading("reward " + card.name(), "");
    card.about().forEach(page::say);
    Sheet about = new Sheet().row("language", card.language()).row("SHA-256", card.sha256());
    if (!card.dependencies().isEmpty()) {
      about.row("libraries", String.join(", ", card.dependencies()));
    }
    page.add(about);
    if (!card.weights().isEmpty()) {
      page.add(weights(card.weights()));
    }
    if (!card.options().isEmpty()) {
      page.add(options(card.options()));
    }
    if (!card.examples().isEmpty()) {
      page.folded(
          NumberText.counted(card.examples().size(), "example"), examples(card.examples()).shown());
    }
    boolean ready = !card.cell().isEmpty();
    return page.folded(
            ready ? "Cell to copy and change" : "Source",
            new Page().block(ready ? card.cell() : card.source()).shown())
        .shown();
  }

  private static Sheet weights(Map<String, Double> weights) {
    Sheet sheet = new Sheet("part", "weight", "");
    weights.forEach(
        (part, weight) -> sheet.row(part, weight, weight == 0 ? "metric, not rewarded" : ""));
    return sheet;
  }

  private static Sheet options(List<ReadyReward.Option> options) {
    Sheet sheet = new Sheet("option", "value", "what it does");
    options.forEach(option -> sheet.row(option.name(), option.value(), option.meaning()));
    return sheet;
  }

  private static Sheet examples(List<RewardShow.Example> examples) {
    Sheet sheet = new Sheet("must get", "prompt", "completion", "why");
    examples.forEach(
        example ->
            sheet.row(example.expected(), example.prompt(), example.completion(), example.why()));
    return sheet;
  }

  static Shown tested(RewardTest.Report report) {
    List<RewardTest.Row> failures = report.failures();
    int all = report.rows().size();
    Page page =
        new Page()
            .heading(
                "reward " + report.reward(),
                (all - failures.size()) + " of " + all + " examples pass");
    if (report.added() != null) {
      page.note("added to " + report.added());
    }
    if (!failures.isEmpty()) {
      page.add(rows(failures));
    }
    report.problem().ifPresent(page::trouble);
    List<RewardTest.Row> passed = report.rows().stream().filter(RewardTest.Row::passes).toList();
    return passed.isEmpty()
        ? page.shown()
        : page.folded(passed.size() + " that pass", rows(passed).shown()).shown();
  }

  private static Sheet rows(List<RewardTest.Row> rows) {
    Sheet sheet =
        new Sheet(
            "", "example", "expected", "got", "prompt", "reference", "completion", "why", "from");
    for (RewardTest.Row row : rows) {
      sheet.row(
          row.passes() ? Tone.GOOD.word("passes") : Tone.BAD.word("FAILS"),
          row.id(),
          row.expected(),
          RewardViews.sentence(row.verdict()),
          row.prompt(),
          row.reference(),
          row.completion(),
          row.why(),
          row.from());
    }
    return sheet;
  }
}
