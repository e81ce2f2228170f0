package rft.reward;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** The outcome of one call of the Java compiler: classes, or problems in the user's own lines. */
final class Attempt implements Comparable<Attempt> {
  private static final Comparator<CompileProblem> IN_SOURCE =
      Comparator.comparingLong(CompileProblem::line).thenComparingLong(CompileProblem::column);

  final Map<String, byte[]> classes;
  final List<CompileProblem> problems;
  private final long wrongTypes;

  Attempt(
      RewardSource source,
      List<Diagnostic<? extends JavaFileObject>> diagnostics,
      boolean done,
      Map<String, byte[]> classes) {
    List<Diagnostic<? extends JavaFileObject>> errors =
        diagnostics.stream().filter(d -> d.getKind() == Diagnostic.Kind.ERROR).toList();
    this.classes = classes;
    this.wrongTypes =
        errors.stream().filter(d -> d.getCode().startsWith("compiler.err.prob.found.req")).count();
    this.problems =
        done || !errors.isEmpty()
            ? errors.stream()
                .map(d -> source.problemAt(d.getPosition(), messageOf(d)))
                .sorted(IN_SOURCE)
                .toList()
            : List.of(new CompileProblem(1, 1, "the Java compiler gave up without saying why"));
  }

  /** Returns whether a value has another type than it must have. */
  boolean hasWrongType() {
    return wrongTypes > 0;
  }

  /** Returns whether a boolean stands where a number must. */
  boolean returnsBoolean() {
    return problems.stream().anyMatch(p -> p.message().contains("boolean cannot be converted"))
        || problems.stream().anyMatch(p -> p.message().contains("Boolean cannot be converted"));
  }

  /** Orders by how well the source fits: fewer wrong types first, then fewer problems. */
  @Override
  public int compareTo(Attempt other) {
    int types = Long.compare(wrongTypes, other.wrongTypes);
    return types != 0 ? types : Integer.compare(problems.size(), other.problems.size());
  }

  private static String messageOf(Diagnostic<?> error) {
    String full = error.getMessage(Locale.ENGLISH).replace("\r", "");
    String first = full.lines().findFirst().orElse("does not compile");
    if (error.getCode().startsWith("compiler.err.cant.resolve")) {
      Optional<String> unknown = UnknownSymbol.explained(full);
      if (unknown.isPresent()) {
        return unknown.get();
      }
    }
    if (error.getCode().startsWith("compiler.err.doesnt.exist")) {
      return first + "; add the jar that holds it to the reward's dependencies";
    }
    if (error.getCode().equals("compiler.err.missing.ret.stmt")) {
      return first + "; a reward returns a number, a boolean or a Verdict on every path";
    }
    if (error.getCode().equals("compiler.err.not.stmt")) {
      return first + "; to make it the reward's value write return ...;";
    }
    String details = full.lines().skip(1).map(String::strip).reduce("", (a, b) -> a + " " + b);
    return (first + details).strip();
  }
}
