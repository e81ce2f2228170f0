package rft.grader;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what in a sound grader its author probably did not mean. */
final class GraderWarnings implements Grader.Cases<List<String>> {
  private static final Template NOTHING = new Template(List.of());

  /** What each sentence begins with. */
  private final String path;

  private GraderWarnings(String path) {
    this.path = path;
  }

  static List<String> of(Grader grader) {
    return grader.fold(new GraderWarnings(""));
  }

  private List<String> prefixed(List<String> sentences) {
    return sentences.stream().map(sentence -> path + sentence).toList();
  }

  @Override
  public List<String> stringCheck(Grader.StringCheck grader) {
    List<String> found = roles(grader.input(), grader.reference());
    boolean contains =
        grader.operation() == Grader.Operation.LIKE || grader.operation() == Grader.Operation.ILIKE;
    String literal = template(grader.reference()).literal();
    String operation = grader.operation().jsonName();
    if (contains && literal != null && literal.isEmpty()) {
      found.add(
          "the reference is empty, and every text contains it: "
              + operation
              + " pays 1 for any answer");
    } else if (contains && template(grader.reference()).uses("sample")) {
      found.add(
          "the reference holds the answer, so an empty answer is contained in everything: "
              + operation
              + " pays 1 for saying nothing; swap input and reference");
    }
    return prefixed(found);
  }

  @Override
  public List<String> textSimilarity(Grader.TextSimilarity grader) {
    List<String> found = roles(grader.input(), grader.reference());
    if (grader.metric() == Grader.Metric.METEOR) {
      found.add(
          "meteor never pays 1: the right answer of one word earns 0.5, of two 0.94, of three"
              + " 0.98; synonyms count as other words here");
    }
    if (grader.metric() == Grader.Metric.COSINE) {
      found.add("cosine needs an embedding endpoint: " + Embeddings.HOW);
    }
    addThreshold(grader.passThreshold(), found);
    return prefixed(found);
  }

  /** Swapped roles pay the wrong things with measures that are not symmetric. */
  private static List<String> roles(String input, String reference) {
    List<String> found = new ArrayList<>();
    boolean swapped = template(reference).uses("sample") && !template(input).uses("sample");
    if (!template(input).uses("sample") && !template(reference).uses("sample")) {
      found.add("it never looks at the answer: neither input nor reference takes from sample");
    } else if (swapped) {
      found.add("input and reference seem swapped: the reference takes from sample");
    }
    return found;
  }

  @Override
  public List<String> scoreModel(Grader.ScoreModel grader) {
    List<String> found = turns(grader.input());
    addThreshold(grader.passThreshold(), found);
    return prefixed(found);
  }

  @Override
  public List<String> labelModel(Grader.LabelModel grader) {
    List<String> found = turns(grader.input());
    if (grader.passingLabels().containsAll(grader.labels())) {
      found.add("every label passes: it pays 1 for any answer");
    }
    if (path.isEmpty()) {
      found.add("the service takes a label_model for training only inside a multi");
    }
    return prefixed(found);
  }

  private static List<String> turns(List<Grader.Turn> turns) {
    List<String> found = new ArrayList<>();
    boolean seen = false;
    for (Grader.Turn turn : turns) {
      List<String> texts = TurnContent.texts(turn.content()).orElse(List.of());
      seen |= texts.stream().anyMatch(text -> template(text).uses("sample"));
      if (texts.isEmpty()) {
        found.add("a message holds an image or audio, which is not sent to models here: it fails");
      }
    }
    if (!seen) {
      found.add("it never looks at the answer: no message takes from sample");
    }
    return found;
  }

  @Override
  public List<String> python(Grader.Python grader) {
    return List.of();
  }

  @Override
  public List<String> multi(Grader.Multi grader) {
    List<String> found = new ArrayList<>();
    grader.graders().forEach((key, one) -> found.addAll(one.fold(new GraderWarnings(key + ": "))));
    Map<String, Interval> ranges = new LinkedHashMap<>();
    grader.graders().forEach((key, one) -> ranges.put(key, range(one)));
    try {
      Formula formula = Formula.parse(grader.calculateOutput(), grader.graders().keySet());
      for (String key : grader.graders().keySet()) {
        if (!formula.names().contains(key)) {
          found.add(key + ": the formula never uses it, so it is a metric that pays nothing");
        }
      }
      formula.idleParts(ranges).forEach(sentence -> found.add("calculate_output: " + sentence));
      Interval range = formula.range(ranges);
      if (range.low() == range.high()) {
        found.add("calculate_output: it is always " + range.low() + ", whatever the answer");
      }
    } catch (FormulaException e) {
      found.add("calculate_output: " + e.getMessage());
    }
    return found;
  }

  private static Interval range(Grader grader) {
    if (grader instanceof Grader.ScoreModel model) {
      return new Interval(model.low(), model.high());
    }
    return grader instanceof Grader.Python ? Interval.ALL : Interval.UNIT;
  }

  private static void addThreshold(@Nullable Double threshold, List<String> found) {
    if (threshold != null) {
      found.add(
          "pass_threshold does not change the reward, which stays the score itself: it only marks"
              + " answers as passed in evaluations");
    }
  }

  /** Graders that were read hold good templates; one made by hand is told when it is run. */
  private static Template template(String text) {
    try {
      return Template.of(text);
    } catch (TemplateException e) {
      return NOTHING;
    }
  }
}
