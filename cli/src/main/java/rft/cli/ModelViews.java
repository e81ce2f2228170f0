package rft.cli;

import java.util.Locale;
import rft.command.ModelList;
import rft.command.ModelPretrain;
import rft.command.ModelShow;
import rft.memory.FreeMemory;
import rft.memory.MemoryNeed;
import rft.memory.Workload;
import rft.policy.ModelConfig;

/** Prints the results of the model verbs. */
final class ModelViews {
  private ModelViews() {}

  static void show(ModelShow.Card card, Terminal terminal) {
    ModelConfig shape = card.shape();
    terminal.print(Line.of(Style.BOLD, card.folder()));
    Table table = new Table("ll");
    table.row("architecture", card.architecture());
    table.row("parameters", "%,d".formatted(card.parameters()));
    table.row("stored as", card.stored());
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
    memory(card, table);
    table.print(terminal);
    if (card.note() != null) {
      terminal.line("It is " + card.note() + ".");
    }
  }

  private static void memory(ModelShow.Card card, Table table) {
    MemoryNeed need = card.memory();
    Workload work = card.work();
    table.row(
        "to sample",
        "about %s: %s of weights (%s), the rest for %d rows of %d tokens"
            .formatted(
                FreeMemory.text(need.sampling()),
                FreeMemory.text(need.weights()),
                card.precision(),
                work.rows(),
                work.length()));
    table.row(
        "to train",
        "about %s with an adapter of rank %d, %d rows at a time"
            .formatted(FreeMemory.text(need.training()), work.rank(), work.microBatch()));
    table.row("memory left", FreeMemory.text(card.freeBytes()) + " on this machine now");
  }

  static void list(ModelList.Models models, Terminal terminal) {
    Table table = new Table("lllrlrl");
    table.heading("model", "", "architecture", "parameters", "stored as", "on disk", "from");
    for (ModelList.Row row : models.models()) {
      boolean whole = row.problem() == null;
      table.row(
          row.name(),
          row.origin().name().toLowerCase(Locale.ROOT),
          row.architecture(),
          whole ? "%,d".formatted(row.parameters()) : "",
          row.stored(),
          whole ? FreeMemory.text(row.bytes()) : "",
          whole ? row.source() : String.valueOf(row.problem()));
    }
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
