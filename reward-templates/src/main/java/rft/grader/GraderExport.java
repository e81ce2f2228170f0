package rft.grader;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import rft.reward.RewardUnit;

/** Rewards as graders, for the service or for whoever runs graders. */
public final class GraderExport {
  /** The one form of a Python reward that the service knows; its parameters are by position. */
  private static final Pattern GRADE = Pattern.compile("(?m)^def\\s+grade\\s*\\(");

  /** Ready rewards that have an equal in Python, which pays every answer the same. */
  private static final List<String> READY =
      List.of("exact-match", "substring-match", "format-only");

  private GraderExport() {}

  /** Returns the names of the ready rewards that can be written as graders. */
  public static List<String> ready() {
    return READY;
  }

  /**
   * Returns a reward as a grader's JSON: one that is a grader byte for byte, a Python file with
   * {@code grade(sample, item)} and some ready rewards as a Python grader.
   *
   * @param isReady whether it is the ready reward of its name, unchanged
   * @throws IllegalArgumentException if it cannot be written as one, saying why
   */
  public static String of(RewardUnit unit, boolean isReady) {
    if (unit.language().equals(GraderLanguage.NAME)) {
      return unit.source();
    }
    if (unit.language().equals("python") && GRADE.matcher(unit.source()).find()) {
      return python(unit.name(), unit.source());
    }
    if (isReady && READY.contains(unit.name())) {
      return python(unit.name(), source(unit.name()));
    }
    throw new IllegalArgumentException(
        unit.language().equals(RewardUnit.JAVA)
            ? unit.name()
                + " is written in Java, and a grader is a rule, a model's question or Python: write"
                + " it as grade(sample, item) in a python grader (of the ready rewards "
                + String.join(", ", READY)
                + " can be exported)"
            : unit.name()
                + " is a reward in "
                + unit.language()
                + " with a contract of its own: write it as grade(sample, item) in a python"
                + " grader");
  }

  private static String python(String name, String source) {
    return new Grader.Python(name, source, null).toJson().toPrettyString() + "\n";
  }

  private static String source(String name) {
    try (InputStream in = GraderExport.class.getResourceAsStream(name + ".py")) {
      if (in == null) {
        throw new IllegalStateException("the product lacks its file " + name + ".py");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + ".py", e);
    }
  }
}
