package rft.display;

import java.util.Locale;
import rft.command.Model;
import rft.command.ModelList;
import rft.command.ModelShow;
import rft.memory.FreeMemory;
import rft.policy.ModelConfig;

/** Shows models. */
final class ModelViews {
  private ModelViews() {}

  static Shown model(Model model) {
    Sheet sheet = new Sheet().row("folder", model.folder());
    model.tuned().ifPresent(tuned -> sheet.row("switched on", tuned));
    sheet.row("device", model.device()).row("threads", String.valueOf(model.threads()));
    return new Page().heading("model", "not in memory").add(sheet).shown();
  }

  static Shown card(ModelShow.Card card) {
    ModelConfig shape = card.shape();
    Sheet sheet =
        new Sheet()
            .row("architecture", card.architecture())
            .row("parameters", "%,d".formatted(card.parameters()))
            .row("stored as", card.stored())
            .row("layers", String.valueOf(shape.layers()))
            .row("hidden", shape.hidden() + ", feed-forward " + shape.intermediate())
            .row(
                "heads",
                "%d query, %d key and value, of %d"
                    .formatted(shape.heads(), shape.kvHeads(), shape.headDim()))
            .row("vocabulary", shape.vocabulary() + ", tokenizer " + card.tokens())
            .row("context", shape.maxPositions() + " tokens")
            .row("head", shape.tied() ? "tied to the embedding" : "its own")
            .row("ends with", String.join(" ", card.endTokens()))
            .row("on disk", "%,d bytes".formatted(card.bytes()))
            .row(
                "memory",
                "about %s to sample %d rows of %d tokens, %s to train an adapter"
                    .formatted(
                        FreeMemory.text(card.memory().sampling()),
                        card.work().rows(),
                        card.work().length(),
                        FreeMemory.text(card.memory().training())))
            .row("memory left", FreeMemory.text(card.freeBytes()) + " free");
    Page page = new Page().heading(card.folder(), "").add(sheet);
    if (card.note() != null) {
      page.say("It is " + card.note() + ".");
    }
    return page.shown();
  }

  static Shown list(ModelList.Models models) {
    Sheet sheet =
        new Sheet("model", "", "architecture", "parameters", "stored as", "on disk", "from");
    for (ModelList.Row row : models.models()) {
      boolean whole = row.problem() == null;
      sheet.row(
          row.name(),
          row.origin().name().toLowerCase(Locale.ROOT),
          row.architecture(),
          whole ? "%,d".formatted(row.parameters()) : "",
          row.stored(),
          whole ? FreeMemory.text(row.bytes()) : "",
          whole ? row.source() : String.valueOf(row.problem()));
    }
    return sheet.shown();
  }
}
