package rft.grader;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import rft.reward.Failure;

/** Makes the evaluation of each type of grader; what it holds is closed by its services. */
final class Evaluations implements Grader.Cases<Evaluation> {
  private final GraderServices services;

  Evaluations(GraderServices services) {
    this.services = services;
  }

  @Override
  public Evaluation stringCheck(Grader.StringCheck grader) {
    Template input = template(grader.input());
    Template reference = template(grader.reference());
    return grading -> {
      String text = grading.render(input);
      String expected = grading.render(reference);
      return holds(grader.operation(), text, expected) ? 1 : 0;
    };
  }

  private static boolean holds(Grader.Operation operation, String text, String expected) {
    return switch (operation) {
      case EQ -> text.equals(expected);
      case NE -> !text.equals(expected);
      case LIKE -> text.contains(expected);
      case ILIKE -> text.toLowerCase(Locale.ROOT).contains(expected.toLowerCase(Locale.ROOT));
    };
  }

  @Override
  public Evaluation textSimilarity(Grader.TextSimilarity grader) {
    Template input = template(grader.input());
    Template reference = template(grader.reference());
    return grading -> {
      String text = grading.render(input);
      String expected = grading.render(reference);
      return switch (grader.metric()) {
        case FUZZY_MATCH -> FuzzyRatio.weighted(expected, text);
        case BLEU -> WordOverlap.bleu(expected, text);
        case GLEU -> WordOverlap.gleu(expected, text);
        case METEOR -> Meteor.of(expected, text);
        case COSINE -> services.embeddings().cosine(expected, text);
        case ROUGE_1 -> WordOverlap.rouge(1, expected, text);
        case ROUGE_2 -> WordOverlap.rouge(2, expected, text);
        case ROUGE_3 -> WordOverlap.rouge(3, expected, text);
        case ROUGE_4 -> WordOverlap.rouge(4, expected, text);
        case ROUGE_5 -> WordOverlap.rouge(5, expected, text);
        case ROUGE_L -> WordOverlap.rougeL(expected, text);
      };
    };
  }

  @Override
  public Evaluation scoreModel(Grader.ScoreModel grader) {
    JudgeQuestion question = JudgeQuestion.ofScore(grader, services.model(grader.model()));
    return grading -> Math.max(grader.low(), Math.min(grader.high(), question.number(grading)));
  }

  @Override
  public Evaluation labelModel(Grader.LabelModel grader) {
    JudgeQuestion question = JudgeQuestion.ofLabel(grader, services.model(grader.model()));
    return grading -> grader.passingLabels().contains(question.label(grading, grader)) ? 1 : 0;
  }

  @Override
  public Evaluation python(Grader.Python grader) {
    return services.python(grader);
  }

  @Override
  public Evaluation multi(Grader.Multi grader) {
    Map<String, Evaluation> parts = new LinkedHashMap<>();
    grader.graders().forEach((name, one) -> parts.put(name, one.fold(this)));
    Formula formula;
    try {
      formula = Formula.parse(grader.calculateOutput(), parts.keySet());
    } catch (FormulaException e) {
      throw new IllegalArgumentException("calculate_output: " + e.getMessage(), e);
    }
    return grading -> {
      Map<String, Double> values = new LinkedHashMap<>();
      for (Map.Entry<String, Evaluation> part : parts.entrySet()) {
        values.put(part.getKey(), grading.part(part.getKey(), part.getValue()));
      }
      try {
        return formula.value(values);
      } catch (FormulaException e) {
        throw new GradingException(
            GraderError.FORMULA_PARSE, Failure.Kind.FORMULA, "calculate_output: " + e.getMessage());
      }
    };
  }

  /** Graders that were read hold good templates; one made by hand is refused here. */
  static Template template(String text) {
    try {
      return Template.of(text);
    } catch (TemplateException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
