package rft.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import rft.memory.FreeMemory;
import rft.memory.MemoryNeed;
import rft.memory.Workload;
import rft.policy.ModelConfig;
import rft.run.NumberText;

/** What is said of models, wherever it is shown. */
public final class ModelText {
  private ModelText() {}

  /**
   * A line of a sheet.
   *
   * @param label what it is about
   * @param text what is said of it
   */
  public record Fact(String label, String text) {}

  /** Returns what a model holds and needs, a fact a line. */
  public static List<Fact> facts(ModelShow.Card card) {
    ModelConfig shape = card.shape();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("architecture", card.architecture()));
    facts.add(new Fact("parameters", "%,d".formatted(card.parameters())));
    facts.add(new Fact("stored as", card.stored()));
    facts.add(new Fact("layers", String.valueOf(shape.layers())));
    facts.add(new Fact("hidden", shape.hidden() + ", feed-forward " + shape.intermediate()));
    facts.add(
        new Fact(
            "heads",
            "%d query, %d key and value, of %d"
                .formatted(shape.heads(), shape.kvHeads(), shape.headDim())));
    facts.add(new Fact("vocabulary", shape.vocabulary() + ", tokenizer " + card.tokens()));
    facts.add(new Fact("context", shape.maxPositions() + " tokens"));
    facts.add(new Fact("head", shape.tied() ? "tied to the embedding" : "its own"));
    facts.add(new Fact("ends with", String.join(" ", card.endTokens())));
    String problem = card.templateProblem();
    if (problem != null) {
      facts.add(new Fact("not usable", problem));
    }
    facts.add(new Fact("on disk", "%,d bytes".formatted(card.bytes())));
    MemoryNeed need = card.memory();
    Workload work = card.work();
    facts.add(
        new Fact(
            "to sample",
            "about %s: %s of weights (%s), the rest for %s of %s and tables of %s"
                .formatted(
                    FreeMemory.text(need.sampling()),
                    FreeMemory.text(need.weights()),
                    card.precision(),
                    NumberText.counted(work.rows(), "row"),
                    NumberText.counted(work.length(), "token"),
                    NumberText.counted(card.shape().maxPositions(), "position"))));
    facts.add(
        new Fact(
            "to train",
            "about %s with an adapter of rank %d, %s at a time"
                .formatted(
                    FreeMemory.text(need.training()),
                    work.rank(),
                    NumberText.counted(work.microBatch(), "row"))));
    facts.add(new Fact("memory left", FreeMemory.text(card.freeBytes()) + " on this machine now"));
    return facts;
  }

  /** Returns the headings of the list of models. */
  public static String[] headings() {
    return new String[] {"model", "", "architecture", "parameters", "stored as", "on disk", "from"};
  }

  /** Returns a line of the list, a text for each heading. */
  public static String[] cells(ModelList.Row row) {
    boolean whole = row.problem() == null;
    return new String[] {
      row.name(),
      row.origin().name().toLowerCase(Locale.ROOT),
      row.architecture(),
      whole ? "%,d".formatted(row.parameters()) : "",
      row.stored(),
      whole ? FreeMemory.text(row.bytes()) : "",
      whole ? row.source() : String.valueOf(row.problem())
    };
  }
}
