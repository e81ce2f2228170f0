package rft.reward;

import java.util.List;

/** A reward's source that does not compile, with every reason at its place in the source. */
public final class RewardCompileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<CompileProblem> problems;

  /**
   * @param problems at least one
   */
  public RewardCompileException(String name, List<CompileProblem> problems) {
    super("reward " + name + " does not compile: " + problems.get(0).sentence());
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems in the order of the source, at least one. */
  public List<CompileProblem> problems() {
    return problems;
  }
}
