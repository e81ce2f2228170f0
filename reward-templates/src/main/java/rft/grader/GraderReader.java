package rft.grader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.dataset.NearestName;

/**
 * Reads a grader from JSON, strictly: a field that its type does not have is refused, so that a
 * mistyped one is not quietly without effect. Accepted besides the schema: {@code neq} for {@code
 * ne}, graders of a {@code multi} as an array or as a single grader (each is then known by its
 * name), a Python grader without a name.
 */
final class GraderReader {
  private static final int LONGEST_SOURCE = 256_000;
  private static final List<String> SAMPLING =
      List.of(
          "seed",
          "top_p",
          "temperature",
          "max_completions_tokens",
          "max_completion_tokens",
          "reasoning_effort");

  private final GraderText text;
  private final Map<String, Grader.Operation> operations =
      Fields.named(Grader.Operation.values(), Grader.Operation::jsonName);
  private final Map<String, Grader.Metric> metrics =
      Fields.named(Grader.Metric.values(), Grader.Metric::jsonName);

  GraderReader(String json) {
    this.text = new GraderText(json);
    operations.put("neq", Grader.Operation.NE);
  }

  Grader grader() throws GraderException {
    Grader grader = read(Fields.root(text, text.root()), true, "");
    text.refuseProblems();
    if (grader == null) {
      throw new IllegalStateException("a grader was refused without a reason");
    }
    return grader;
  }

  private @Nullable Grader read(Fields fields, boolean top, String key) {
    if (!fields.isObject()) {
      return null;
    }
    List<String> types =
        Grader.types().stream().filter(type -> top || !type.equals("multi")).toList();
    String type = fields.text("type");
    if (!types.contains(type)) {
      refuseType(fields, type, types);
      return null;
    }
    int before = text.problems();
    @Nullable Grader grader =
        switch (type) {
          case "string_check" -> stringCheck(fields);
          case "text_similarity" -> textSimilarity(fields);
          case "score_model" -> scoreModel(fields);
          case "label_model" -> labelModel(fields);
          case "python" -> python(fields, key);
          default -> multi(fields);
        };
    return text.problems() == before ? grader : null;
  }

  private static void refuseType(Fields fields, String type, List<String> types) {
    if (fields.absent("type")) {
      fields.wrong("lacks the field type; there are " + String.join(", ", types));
    } else if (type.equals("multi")) {
      fields.field("type").wrong("is multi: a multi grader cannot hold another one");
    } else if (fields.node().path("type").isTextual()) {
      fields.field("type").wrongChoice(type, types);
    }
  }

  private @Nullable Grader stringCheck(Fields fields) {
    fields.allow(List.of("type", "name", "input", "reference", "operation"), List.of());
    Grader.Operation operation = fields.choice("operation", operations);
    String name = fields.name("name");
    String input = fields.template("input");
    String reference = fields.template("reference");
    return operation == null ? null : new Grader.StringCheck(name, input, reference, operation);
  }

  private @Nullable Grader textSimilarity(Fields fields) {
    fields.allow(
        List.of("type", "name", "input", "reference", "evaluation_metric"),
        List.of("pass_threshold"));
    Grader.Metric metric = fields.choice("evaluation_metric", metrics);
    String name = fields.name("name");
    String input = fields.template("input");
    String reference = fields.template("reference");
    Double threshold = fields.numberOrNull("pass_threshold");
    return metric == null
        ? null
        : new Grader.TextSimilarity(name, input, reference, metric, threshold);
  }

  private Grader scoreModel(Fields fields) {
    fields.allow(
        List.of("type", "name", "input", "model"),
        List.of("range", "pass_threshold", "sampling_params"));
    double low = 0;
    double high = 1;
    if (!fields.absent("range")) {
      List<Fields> range = fields.array("range");
      if (range.size() == 2) {
        low = range.get(0).asNumber();
        high = range.get(1).asNumber();
      }
      if (range.size() != 2 || low >= high) {
        fields.field("range").wrong("must be two numbers, the lower first, for example [0, 1]");
      }
    }
    return new Grader.ScoreModel(
        fields.name("name"),
        fields.name("model"),
        turns(fields),
        low,
        high,
        fields.numberOrNull("pass_threshold"),
        sampling(fields));
  }

  private Grader labelModel(Fields fields) {
    fields.allow(
        List.of("type", "name", "model", "input", "labels", "passing_labels"),
        List.of("sampling_params"));
    List<String> labels = fields.array("labels").stream().map(Fields::asText).toList();
    List<String> passing = new ArrayList<>();
    for (Fields label : fields.array("passing_labels")) {
      String name = label.asText();
      passing.add(name);
      if (!labels.contains(name)) {
        label.wrong(
            "is \"" + name + "\", which is none of labels" + NearestName.hint(name, labels));
      }
    }
    return new Grader.LabelModel(
        fields.name("name"),
        fields.name("model"),
        turns(fields),
        labels,
        passing,
        sampling(fields));
  }

  private static ObjectNode sampling(Fields fields) {
    ObjectNode params = fields.object("sampling_params");
    Fields inner = fields.field("sampling_params");
    if (params.isEmpty()) {
      return params;
    }
    inner.allow(List.of(), SAMPLING);
    for (Map.Entry<String, JsonNode> field : params.properties()) {
      if (field.getKey().equals("reasoning_effort")) {
        inner.text("reasoning_effort");
      } else if (SAMPLING.contains(field.getKey())) {
        inner.numberOrNull(field.getKey());
      }
    }
    for (String limit : List.of("max_completions_tokens", "max_completion_tokens")) {
      if (params.path(limit).isNumber() && params.path(limit).asDouble() < 1) {
        inner.field(limit).wrong("must be at least 1");
      }
    }
    return params;
  }

  private static List<Grader.Turn> turns(Fields fields) {
    List<Grader.Turn> turns = new ArrayList<>();
    for (Fields turn : fields.array("input")) {
      if (!turn.isObject()) {
        continue;
      }
      turn.allow(List.of("role", "content"), List.of("type"));
      String role = turn.text("role");
      if (turn.node().path("role").isTextual() && !Grader.Turn.ROLES.contains(role)) {
        turn.field("role").wrongChoice(role, Grader.Turn.ROLES);
      }
      if (!turn.absent("type") && !turn.text("type").equals("message")) {
        turn.field("type").wrong("must be message");
      }
      if (!turn.absent("content")) {
        TurnContent.check(turn.field("content"));
      }
      turns.add(new Grader.Turn(role, turn.node().path("content"), !turn.absent("type")));
    }
    return turns;
  }

  private Grader python(Fields fields, String key) {
    fields.allow(List.of("type", "source"), List.of("name", "image_tag"));
    String source = fields.name("source");
    if (source.getBytes(StandardCharsets.UTF_8).length >= LONGEST_SOURCE) {
      fields.field("source").wrong("must be shorter than 256 kB");
    }
    String name = fields.absent("name") ? (key.isEmpty() ? "python" : key) : fields.name("name");
    return new Grader.Python(name, source, fields.textOrNull("image_tag"));
  }

  private Grader multi(Fields fields) {
    fields.allow(List.of("type", "name", "graders", "calculate_output"), List.of());
    Fields list = fields.field("graders");
    Map<String, Grader> graders = new LinkedHashMap<>();
    int before = text.problems();
    if (list.node().isArray()) {
      fields.array("graders").forEach(one -> addNamed(one, graders));
    } else if (list.node().path("type").isTextual()) {
      addNamed(list, graders);
    } else if (!fields.absent("graders") && list.isObject()) {
      for (Map.Entry<String, JsonNode> entry : list.node().properties()) {
        Grader one = read(list.field(entry.getKey()), false, entry.getKey());
        if (one != null) {
          graders.put(entry.getKey(), one);
        }
      }
      if (list.node().isEmpty()) {
        list.wrong("is empty");
      }
    }
    String formula = fields.text("calculate_output");
    // Names are looked up only among graders that could be read, so that no problem brings others.
    if (text.problems() == before && !graders.isEmpty() && !formula.isEmpty()) {
      try {
        Formula.parse(formula, graders.keySet());
      } catch (FormulaException e) {
        fields.field("calculate_output").wrong("cannot be computed: " + e.getMessage());
      }
    }
    return new Grader.Multi(fields.name("name"), graders, formula);
  }

  private void addNamed(Fields fields, Map<String, Grader> graders) {
    Grader one = read(fields, false, "");
    if (one != null && graders.putIfAbsent(one.name(), one) != null) {
      fields.wrong("has the name " + one.name() + ", as another grader has: rename one");
    }
  }
}
