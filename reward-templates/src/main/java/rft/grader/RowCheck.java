package rft.grader;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What a grader cannot do with a row: variables the row lacks, a reference that is empty there. */
record RowCheck(ObjectNode item, String path) implements Grader.Cases<List<String>> {
  @Override
  public List<String> stringCheck(Grader.StringCheck grader) {
    List<String> found = missing(List.of(grader.input(), grader.reference()));
    boolean contains =
        grader.operation() == Grader.Operation.LIKE || grader.operation() == Grader.Operation.ILIKE;
    Template reference = Evaluations.template(grader.reference());
    if (contains && found.isEmpty() && reference.uses("item") && !reference.uses("sample")) {
      try {
        if (reference.render(item, JsonNodeFactory.instance.objectNode()).isEmpty()) {
          found.add(path + "the reference is empty there, so that any answer is paid 1");
        }
      } catch (GradingException e) {
        found.add(path + e.getMessage());
      }
    }
    return found;
  }

  @Override
  public List<String> textSimilarity(Grader.TextSimilarity grader) {
    return missing(List.of(grader.input(), grader.reference()));
  }

  @Override
  public List<String> scoreModel(Grader.ScoreModel grader) {
    return turns(grader.input());
  }

  @Override
  public List<String> labelModel(Grader.LabelModel grader) {
    return turns(grader.input());
  }

  @Override
  public List<String> python(Grader.Python grader) {
    return List.of();
  }

  @Override
  public List<String> multi(Grader.Multi grader) {
    List<String> found = new ArrayList<>();
    grader.graders().forEach((key, one) -> found.addAll(one.fold(new RowCheck(item, key + ": "))));
    return found;
  }

  private List<String> turns(List<Grader.Turn> turns) {
    List<String> texts = new ArrayList<>();
    turns.forEach(turn -> TurnContent.texts(turn.content()).ifPresent(texts::addAll));
    return missing(texts);
  }

  private List<String> missing(List<String> templates) {
    List<String> found = new ArrayList<>();
    for (String template : templates) {
      for (String sentence : Evaluations.template(template).missing(item)) {
        found.add(path + sentence);
      }
    }
    return found;
  }
}
