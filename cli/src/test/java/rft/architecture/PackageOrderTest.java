package rft.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Data flows one way: a package depends only on packages before it in the line. */
final class PackageOrderTest {
  private static final String ROOT = "";

  /**
   * The reading order of the code; every package of the product stands here once. Export stands
   * before rollout because a model to sample from may be an adapter that was exported before.
   */
  private static final List<String> LINE =
      List.of(
          "dataset",
          "bedrock",
          "reward",
          "sandbox",
          "judge",
          "sample",
          "run",
          "health",
          "worker",
          "lambda",
          "grader",
          "python",
          "template",
          "lab",
          "gguf",
          "prompt",
          "policy",
          "memory",
          "export",
          "rollout",
          "advantage",
          "loss",
          "optimizer",
          "loop",
          "pull",
          "command",
          ROOT,
          "web",
          "serving",
          "live",
          "job",
          "playground",
          "demo",
          "workbench",
          "wire",
          "display",
          "cell",
          "magic",
          "kernel",
          "notebook",
          "cli");

  static List<String> line() {
    return LINE;
  }

  @ParameterizedTest
  @MethodSource("line")
  void aStageDependsOnEarlierStagesOnly(String stage) {
    List<String> later = LINE.subList(LINE.indexOf(stage) + 1, LINE.size());
    if (later.isEmpty()) {
      return;
    }
    noClasses()
        .that()
        .resideInAPackage(pattern(stage))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(later.stream().map(PackageOrderTest::pattern).toArray(String[]::new))
        .allowEmptyShould(true)
        .check(Product.CLASSES);
  }

  /**
   * Returns the packages of a stage; the fluent entry is package rft itself, without those below.
   */
  private static String pattern(String stage) {
    return stage.equals(ROOT) ? "rft" : "rft." + stage + "..";
  }

  @Test
  void noTwoPackagesNeedEachOther() {
    slices().matching("rft.(*)..").should().beFreeOfCycles().check(Product.CLASSES);
  }

  @Test
  void everyPackageHasItsPlaceInTheLine() {
    TreeSet<String> found = new TreeSet<>();
    Product.CLASSES.forEach(c -> found.add((c.getPackageName() + ".").split("\\.", 3)[1]));
    assertEquals(new TreeSet<>(LINE), found);
  }
}
