package rft.cli;

import rft.command.ModelPretrain;
import rft.command.ModelShow;
import rft.policy.ModelConfig;

/** Prints the results of the model verbs. */
final class ModelViews {
  private ModelViews() {}

  static void show(ModelShow.Card card, Terminal terminal) {
    ModelConfig shape = card.shape();
    terminal.print(Line.of(Style.BOLD, card.folder()));
    Table table = new Table("ll");
    table.row("parameters", "%,d".formatted(card.parameters()));
    table.row("layers", String.valueOf(shape.layers()));
    table.row("hidden", shape.hidden() + ", feed-forward " + shape.intermediate());
    table.row(
        "heads",
        shape.heads() + " query, " + shape.kvHeads() + " key and value, of " + shape.headDim());
    table.row("vocabulary", shape.vocabulary() + ", tokenizer " + card.tokens());
    table.row("context", shape.maxPositions() + " tokens");
    table.row("head", shape.tied() ? "tied to the embedding" : "its own");
    table.row("ends with", String.join(" ", card.endTokens()));
    table.row("on disk", "%,d bytes".formatted(card.bytes()));
    table.print(terminal);
  }

  static void pretrain(ModelPretrain.Report report, Terminal terminal) {
    terminal.line(
        "%s: %,d parameters, %,d steps, %,d tokens, loss %.3f, %.0f s"
            .formatted(
                report.folder(),
                report.parameters(),
                report.steps(),
                report.tokens(),
                report.loss(),
                report.seconds()));
  }
}
