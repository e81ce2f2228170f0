package rft.display;

import rft.command.Model;
import rft.command.ModelShow;
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
            .row("parameters", "%,d".formatted(card.parameters()))
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
            .row("on disk", "%,d bytes".formatted(card.bytes()));
    return new Page().heading(card.folder(), "").add(sheet).shown();
  }
}
