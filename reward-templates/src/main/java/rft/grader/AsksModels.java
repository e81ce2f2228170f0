package rft.grader;

/** Whether a grader waits for a model, so that several answers are best graded at once. */
final class AsksModels implements Grader.Cases<Boolean> {
  @Override
  public Boolean stringCheck(Grader.StringCheck grader) {
    return false;
  }

  @Override
  public Boolean textSimilarity(Grader.TextSimilarity grader) {
    return grader.metric() == Grader.Metric.COSINE;
  }

  @Override
  public Boolean scoreModel(Grader.ScoreModel grader) {
    return true;
  }

  @Override
  public Boolean labelModel(Grader.LabelModel grader) {
    return true;
  }

  @Override
  public Boolean python(Grader.Python grader) {
    return false;
  }

  @Override
  public Boolean multi(Grader.Multi grader) {
    return grader.graders().values().stream().anyMatch(one -> one.fold(this));
  }
}
