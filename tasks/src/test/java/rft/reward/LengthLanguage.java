package rft.reward;

import java.util.List;
import java.util.Map;

/** A language whose sources are numbers: the length at which a completion is worth 1. */
public final class LengthLanguage implements RewardLanguage {
  @Override
  public String name() {
    return "length";
  }

  @Override
  public List<String> fileEndings() {
    return List.of(".len");
  }

  @Override
  public List<String> addresses() {
    return List.of("length:");
  }

  @Override
  public void check(String name, String source) {
    if (!source.matches("[0-9]+")) {
      throw new RewardCompileException(
          name, List.of(new CompileProblem(1, 1, "\"" + source + "\" is no length")));
    }
  }

  @Override
  public GroupReward load(String name, String source) {
    double length = Integer.parseInt(source);
    return RewardFunction.ofNumber((task, completion) -> completion.text().length() / length)
        .asGroup();
  }

  @Override
  public Map<String, Double> weights(String source) {
    return Map.of("length", 1.0);
  }
}
