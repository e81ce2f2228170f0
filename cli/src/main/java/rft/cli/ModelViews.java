package rft.cli;

import rft.command.ModelList;
import rft.command.ModelPretrain;
import rft.command.ModelShow;
import rft.command.ModelText;
import rft.run.NumberText;

/** Prints the results of the model verbs. */
final class ModelViews {
  private ModelViews() {}

  static void show(ModelShow.Card card, Terminal terminal) {
    terminal.print(Line.of(Style.BOLD, card.folder()));
    Table table = new Table("ll");
    ModelText.facts(card).forEach(fact -> table.row(fact.label(), fact.text()));
    table.print(terminal);
    if (card.note() != null) {
      terminal.line("It is " + card.note() + ".");
    }
  }

  static void list(ModelList.Models models, Terminal terminal) {
    Table table = new Table("lllrlrl");
    table.heading(ModelText.headings());
    models.models().forEach(row -> table.row(ModelText.cells(row)));
    table.print(terminal);
  }

  static void pretrain(ModelPretrain.Report report, Terminal terminal) {
    terminal.line(
        "%s: %,d parameters, %s, %s, loss %.3f, %.0f s"
            .formatted(
                report.folder(),
                report.parameters(),
                NumberText.counted(report.steps(), "step"),
                NumberText.counted(report.tokens(), "token"),
                report.loss(),
                report.seconds()));
  }
}
