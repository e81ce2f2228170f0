package rft.grader;

import java.util.List;
import java.util.stream.Collectors;

/** A text that is no grader, with every reason. */
public final class GraderException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<GraderProblem> problems;

  GraderException(List<GraderProblem> problems) {
    super(problems.stream().map(GraderProblem::sentence).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems in the order of the text, at least one. */
  public List<GraderProblem> problems() {
    return problems;
  }
}
