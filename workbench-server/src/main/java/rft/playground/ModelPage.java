package rft.playground;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.command.ExportFormat;
import rft.run.CardForm;
import rft.run.Metric;
import rft.run.ModelCard;
import rft.run.NumberText;
import rft.run.Point;
import rft.run.RunHeader;
import rft.run.RunReader;

/**
 * What a run made, where it comes from and how good it is.
 *
 * @param model what can be asked and deployed
 * @param lineage where it comes from
 * @param measures before and after the training
 * @param tests comparisons that were made on the page, oldest first
 * @param card the same as a text in Markdown, to go with the model
 * @param forms in which it can be exported, the usual one first
 */
record ModelPage(
    ModelShelf.Tuned model,
    Lineage lineage,
    List<Measure> measures,
    List<JsonNode> tests,
    String card,
    List<Form> forms) {
  /**
   * A form in which a checkpoint can be exported.
   *
   * @param types of its weights, the usual one first
   */
  record Form(ExportFormat format, List<String> types) {}

  /**
   * Where a model comes from.
   *
   * @param created when the run was, in ISO-8601
   * @param version of the product
   * @param baseSha256 of the base model's weights
   * @param parameters of the base model
   * @param datasetSha256 of the dataset
   * @param tasks of the dataset by split
   * @param rewardSha256 of the reward
   * @param forkedFrom {@code RUN@STEP}; null for none
   * @param method how it was trained
   * @param steps asked for
   * @param lastStep done
   * @param seed of every draw
   * @param adapter what was trained
   */
  record Lineage(
      String created,
      String version,
      String baseSha256,
      long parameters,
      String datasetSha256,
      Map<String, Integer> tasks,
      String rewardSha256,
      @Nullable String forkedFrom,
      String method,
      int steps,
      int lastStep,
      long seed,
      String adapter) {}

  /**
   * A number of the run on validation prompts.
   *
   * @param name for a person
   * @param key of the metric
   * @param before at step 0; null if it was not measured
   * @param best at the step of the best checkpoint; null for none
   * @param last the newest
   * @param lastStep of that
   */
  record Measure(
      String name,
      String key,
      @Nullable Double before,
      @Nullable Double best,
      @Nullable Double last,
      @Nullable Integer lastStep) {}

  static ModelPage of(RunReader reader, ModelShelf shelf, TestLog log) throws IOException {
    ModelShelf.Tuned model = shelf.tuned(reader);
    Lineage lineage = lineage(reader);
    List<Measure> measures = new ArrayList<>();
    addTo(measures, reader, model, "right answers", Metric.VALIDATION_ACCURACY);
    addTo(measures, reader, model, "mean reward", Metric.VALIDATION_REWARD);
    Integer best = model.best();
    int step = best == null ? reader.lastStep() : best;
    List<Form> forms =
        Arrays.stream(ExportFormat.values())
            .filter(format -> format != ExportFormat.ADAPTER || !model.full())
            .map(format -> new Form(format, format.types()))
            .toList();
    return new ModelPage(
        model, lineage, measures, log.of(model.run()), card(reader, shelf, step), forms);
  }

  /** Returns the card of a checkpoint's own files. */
  static String card(RunReader reader, ModelShelf shelf, int step) throws IOException {
    RunHeader header = reader.header();
    CardForm form =
        new CardForm(
            header.options().adapter().full() ? CardForm.Kind.WHOLE : CardForm.Kind.ADAPTER,
            "F32",
            ModelShelf.nameOf(Path.of(header.model().path())),
            shelf.licence(header));
    return new ModelCard(reader, step, form).markdown();
  }

  private static Lineage lineage(RunReader reader) throws IOException {
    RunHeader header = reader.header();
    var options = header.options();
    return new Lineage(
        header.created().toString(),
        header.version(),
        header.model().sha256(),
        header.model().parameters(),
        header.dataset().sha256(),
        header.dataset().tasks(),
        header.reward().sha256(),
        header.forkedFrom(),
        options.method().jsonName(),
        options.loop().steps(),
        reader.lastStep(),
        options.seed(),
        options.adapter().full()
            ? "every weight"
            : "LoRA of rank %d, alpha %s, on %s"
                .formatted(
                    options.adapter().rank(),
                    NumberText.of(options.adapter().alpha()),
                    String.join(", ", options.adapter().targets())));
  }

  private static void addTo(
      List<Measure> measures, RunReader reader, ModelShelf.Tuned model, String name, Metric metric)
      throws IOException {
    List<Point> points = reader.metric(metric.key());
    if (points.isEmpty()) {
      return;
    }
    Point last = points.get(points.size() - 1);
    measures.add(
        new Measure(
            name,
            metric.key(),
            at(points, 0),
            model.best() == null ? null : at(points, model.best()),
            PairedRow.finite(last.value()),
            last.step()));
  }

  private static @Nullable Double at(List<Point> points, int step) {
    return points.stream()
        .filter(point -> point.step() == step)
        .findFirst()
        .map(point -> PairedRow.finite(point.value()))
        .orElse(null);
  }
}
