package rft.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import rft.reward.RewardUnit;

/**
 * What a checkpoint of a run is, where it comes from and how good it is, as a text in Markdown and
 * a picture that go with its files.
 */
public final class ModelCard {
  /** The name of the text, where every tool looks for it. */
  public static final String FILE = "README.md";

  private static final String CURVE = "curve.svg";
  private static final int MOST_ROWS = 12;
  private static final JsonMapper JSON = new JsonMapper();

  private final RunReader run;
  private final RunHeader header;
  private final int step;
  private final CardForm form;
  private final MarkdownText text = new MarkdownText();

  /**
   * Begins the card of a checkpoint.
   *
   * @param step of the checkpoint
   * @param form of the files that it goes with
   */
  public ModelCard(RunReader run, int step, CardForm form) throws IOException {
    this.run = run;
    this.header = run.header();
    this.step = step;
    this.form = form;
  }

  /** Returns the files of the card by name: the text, and the curve where there is one. */
  public Map<String, String> files() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    StepPlot plot = new StepPlot("Reward and validation", "share", 560, 220);
    plot.line("mean reward", StepPlot.Ink.TEAL, points(Metric.REWARD_MEAN));
    plot.line("right in validation", StepPlot.Ink.ORANGE, points(Metric.VALIDATION_ACCURACY));
    if (plot.isDrawable()) {
      files.put(CURVE, plot.svg());
    }
    files.put(FILE, markdown(plot.isDrawable()));
    return files;
  }

  /** Returns the text alone. */
  public String markdown() throws IOException {
    return markdown(false);
  }

  private String markdown(boolean hasCurve) throws IOException {
    frontMatter();
    text.heading(1, header.name());
    text.paragraph(
        "%s, tuned by reinforcement (%s) with RFT Workbench %s in the run `%s`: step %d of %d, %s."
            .formatted(
                MarkdownText.plain(form.base()),
                header.options().method().jsonName(),
                MarkdownText.plain(header.version()),
                header.id(),
                step,
                header.options().loop().steps(),
                form.words()));
    origin();
    beforeAndAfter();
    tests();
    course(hasCurve);
    reward();
    options();
    text.heading(2, "How to load it");
    text.paragraph(form.loading());
    return text.toString();
  }

  /** What hubs of models read. */
  private void frontMatter() {
    text.line("---");
    text.line("base_model: " + JSON.getNodeFactory().textNode(form.base()));
    text.line("library_name: " + form.kind().library());
    form.licence().ifPresent(name -> text.line("license: " + JSON.getNodeFactory().textNode(name)));
    text.line("pipeline_tag: text-generation");
    text.line("tags: [rft-workbench, reinforcement-fine-tuning]");
    text.line("---");
    text.line("");
  }

  private void origin() {
    var adapter = header.options().adapter();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "base model",
        "%s, %,d weights, sha256 %s"
            .formatted(form.base(), header.model().parameters(), header.model().sha256()));
    facts.put("its licence", form.licence().orElse("not stated in its folder"));
    facts.put(
        "trained",
        adapter.full()
            ? "every weight"
            : "LoRA of rank %d, alpha %s, on %s"
                .formatted(
                    adapter.rank(),
                    NumberText.of(adapter.alpha()),
                    String.join(", ", adapter.targets())));
    facts.put(
        "dataset",
        Path.of(header.options().inputs().dataset()).getFileName()
            + ", sha256 "
            + header.dataset().sha256());
    facts.put(
        "tasks",
        header.dataset().tasks().entrySet().stream()
            .map(split -> split.getKey() + " " + split.getValue())
            .collect(Collectors.joining(", ")));
    facts.put("reward", header.reward().name() + ", sha256 " + header.reward().sha256());
    for (RunHeader.RewardChange change : header.rewardChanges()) {
      facts.put(
          "reward from step " + change.step(),
          change.reward().name() + ", sha256 " + change.reward().sha256());
    }
    String forked = header.forkedFrom();
    if (forked != null) {
      facts.put("forked from", forked);
    }
    facts.put("seed", Long.toString(header.options().seed()));
    facts.put("created", header.created().toString());
    List<List<String>> rows = new ArrayList<>();
    facts.forEach((name, value) -> rows.add(List.of(name, value)));
    text.table(List.of("", ""), rows);
  }

  private void beforeAndAfter() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (Metric metric : List.of(Metric.VALIDATION_ACCURACY, Metric.VALIDATION_REWARD)) {
      List<Point> points = points(metric);
      if (!points.isEmpty()) {
        rows.add(
            List.of(
                metric == Metric.VALIDATION_ACCURACY ? "right answers" : "mean reward",
                at(points, 0),
                at(points, step),
                NumberText.of(points.get(points.size() - 1).value())));
      }
    }
    if (!rows.isEmpty()) {
      text.heading(2, "Before and after");
      text.paragraph("On validation prompts, which were not trained on but chose the checkpoint:");
      text.table(List.of("", "before", "this step", "last step"), rows);
    }
  }

  private static String at(List<Point> points, int step) {
    return points.stream()
        .filter(point -> point.step() == step)
        .findFirst()
        .map(point -> NumberText.of(point.value()))
        .orElse("-");
  }

  private void tests() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode one : new RunEvaluations(run.folder()).read()) {
      JsonNode at = one.path("step");
      if (at.isNull() || at.asInt(-1) == step) {
        rows.add(
            List.of(
                one.path("dataset").asText() + ", " + one.path("rows").asText(),
                one.path("prompts").asText() + " x " + one.path("samples").asText(),
                estimate(one.path("baseAccuracy")),
                estimate(one.path("tunedAccuracy")),
                estimate(one.path("accuracyDifference"))));
      }
    }
    if (!rows.isEmpty()) {
      text.paragraph(
          "Base and tuned on the same prompts with the same draws: share of answers with full"
              + " marks, with 95 % intervals over prompts.");
      text.table(List.of("prompts", "asked", "base", "tuned", "difference"), rows);
    }
  }

  private static String estimate(JsonNode estimate) {
    return "%s (%s to %s)"
        .formatted(
            NumberText.of(estimate.path("mean").asDouble()),
            NumberText.of(estimate.path("low").asDouble()),
            NumberText.of(estimate.path("high").asDouble()));
  }

  private void course(boolean hasCurve) throws IOException {
    Map<Integer, Double> validation = new LinkedHashMap<>();
    points(Metric.VALIDATION_ACCURACY)
        .forEach(point -> validation.put(point.step(), point.value()));
    List<List<String>> rows = new ArrayList<>();
    for (Point point : StepPlot.thinned(points(Metric.REWARD_MEAN), MOST_ROWS)) {
      Double right = validation.get(point.step());
      rows.add(
          List.of(
              Integer.toString(point.step()),
              NumberText.of(point.value()),
              right == null ? "" : NumberText.of(right)));
    }
    if (!rows.isEmpty()) {
      text.heading(2, "Course of the run");
      if (hasCurve) {
        text.paragraph("![mean reward and right answers in validation by step](" + CURVE + ")");
      }
      text.table(List.of("step", "mean reward", "right in validation"), rows);
    }
  }

  private void reward() throws IOException {
    Path jar = run.folder().rewardJar();
    if (Files.isRegularFile(jar)) {
      RewardUnit unit = RewardUnit.readJar(jar);
      text.heading(2, "Reward");
      text.code(unit.language(), unit.source());
    }
  }

  private void options() throws JsonProcessingException {
    ObjectNode options = (ObjectNode) JSON.readTree(header.options().toJson());
    options.remove("inputs"); // folders of the machine it was trained on
    text.heading(2, "Options");
    text.code("json", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(options));
  }

  private List<Point> points(Metric metric) throws IOException {
    return run.metric(metric.key());
  }
}
