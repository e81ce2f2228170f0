package rft.display;

import rft.command.Model;
import rft.command.ModelList;
import rft.command.ModelShow;
import rft.command.ModelText;

/** Shows models. */
final class ModelViews {
  private ModelViews() {}

  static Shown model(Model model) {
    Sheet sheet = new Sheet().row("folder", model.folder());
    model.tuned().ifPresent(tuned -> sheet.row("switched on", tuned));
    sheet
        .row("device", model.device())
        .row("threads", String.valueOf(model.threads()))
        .row("precision", model.precision());
    return new Page().heading("model", "not in memory").add(sheet).shown();
  }

  static Shown card(ModelShow.Card card) {
    Sheet sheet = new Sheet();
    ModelText.facts(card).forEach(fact -> sheet.row(fact.label(), fact.text()));
    Page page = new Page().heading(card.folder(), "").add(sheet);
    if (card.note() != null) {
      page.say("It is " + card.note() + ".");
    }
    return page.shown();
  }

  static Shown list(ModelList.Models models) {
    Sheet sheet = new Sheet(ModelText.headings());
    models.models().forEach(row -> sheet.row((Object[]) ModelText.cells(row)));
    return sheet.shown();
  }
}
