package rft.grader;

import java.util.List;
import java.util.Map;
import rft.reward.CompileProblem;
import rft.reward.GroupReward;
import rft.reward.RewardCompileException;
import rft.reward.RewardLanguage;

/** Rewards that are written as a grader's JSON. */
public final class GraderLanguage implements RewardLanguage {
  /** What rewards of this language say they are written in. */
  public static final String NAME = "grader";

  /** For the service loader. */
  public GraderLanguage() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> fileEndings() {
    return List.of(".json");
  }

  @Override
  public void check(String name, String source) {
    read(name, source);
  }

  @Override
  public GroupReward load(String name, String source) {
    Grader grader = read(name, source);
    return new GraderReward(
        new GraderRuntime(grader, GraderServices.standard()), grader.fold(new AsksModels()));
  }

  /** Returns the weights of a multi whose formula is a weighted sum of its graders. */
  @Override
  public Map<String, Double> weights(String source) {
    return read(NAME, source) instanceof Grader.Multi multi ? multi.weights() : Map.of();
  }

  @Override
  public List<String> warnings(String source) {
    return read(NAME, source).warnings();
  }

  private static Grader read(String name, String source) {
    try {
      return Grader.read(source);
    } catch (GraderException e) {
      throw new RewardCompileException(
          name,
          e.problems().stream()
              .map(p -> new CompileProblem(p.line(), p.column(), p.message()))
              .toList());
    }
  }
}
