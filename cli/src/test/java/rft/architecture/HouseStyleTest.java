package rft.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What a reviewer need not look for: names, sizes, package maps, visibility. */
final class HouseStyleTest {
  private static final int MOST_LINES = 300;

  /** Empty names: they say that a class has no subject. */
  private static final Pattern EMPTY_NAME =
      Pattern.compile("(Abstract|Base)[A-Z]\\w*|\\w*(Utils?|Helpers?|Common|Managers?|Impl|Base)");

  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

  /** Files that are one list, which cutting in two would hide: the options of rft train. */
  private static final List<String> LONG_LISTS = List.of("TrainFlags.java", "TrainCall.java");

  /**
   * Packages that are hardly more than what others name: tasks, records of a run, verbs, calls,
   * messages, ready rewards.
   */
  private static final List<String> VOCABULARIES =
      List.of(
          "rft.dataset",
          "rft.run",
          "rft.command",
          "rft",
          "rft.wire",
          "rft.sandbox",
          "rft.judge",
          "rft.template",
          "rft.lab");

  /** A package this small has little to hide. */
  private static final int FEW_TYPES = 7;

  @Test
  void everyPackageHasAMapAndIsNullMarked() {
    List<String> missing =
        topLevel(c -> true).stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(p -> p.tryGetPackageInfo().isEmpty() || !p.isAnnotatedWith(NullMarked.class))
            .map(p -> p.getName())
            .toList();
    assertEquals(List.of(), missing, "without package-info or @NullMarked");
  }

  @Test
  void noNameIsEmpty() {
    List<String> empty =
        topLevel(c -> EMPTY_NAME.matcher(c.getSimpleName()).matches()).stream()
            .map(JavaClass::getName)
            .toList();
    assertEquals(List.of(), empty, "name the subject of these classes");
    assertTrue(EMPTY_NAME.matcher("TokenUtil").matches());
    assertTrue(EMPTY_NAME.matcher("AbstractLoss").matches());
    assertFalse(EMPTY_NAME.matcher("Baseline").matches());
  }

  @Test
  void aPackageHidesAThirdOfItsTypesAtLeast() {
    Map<String, List<JavaClass>> packages =
        topLevel(c -> !c.getSimpleName().equals("package-info")).stream()
            .collect(
                Collectors.groupingBy(
                    JavaClass::getPackageName, TreeMap::new, Collectors.toList()));
    packages.forEach(
        (name, types) -> {
          long visible =
              types.stream().filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC)).count();
          assertTrue(
              VOCABULARIES.contains(name)
                  || types.size() <= FEW_TYPES
                  || visible * 3 <= types.size() * 2L,
              name + ": " + visible + " of " + types.size() + " types are public; hide some");
        });
  }

  @Test
  void filesHaveAtMostThreeHundredLines() {
    for (Path source : Product.sources(true)) {
      long lines = Product.read(source).lines().count();
      boolean isList = LONG_LISTS.contains(String.valueOf(source.getFileName()));
      assertTrue(
          isList || lines <= MOST_LINES,
          source + " has " + lines + " lines: it holds two subjects");
    }
  }

  @Test
  void nothingIsLeftToDo() {
    for (Path source : Product.sources(false)) {
      assertFalse(UNFINISHED.matcher(Product.read(source)).find(), source.toString());
    }
  }

  @Test
  void theSourcesAreFoundAtAll() {
    assertTrue(Product.sources(false).size() > 20, Product.root().toString());
    assertTrue(Product.sources(true).size() > Product.sources(false).size());
  }

  private static List<JavaClass> topLevel(Predicate<JavaClass> wanted) {
    return Product.CLASSES.stream().filter(JavaClass::isTopLevelClass).filter(wanted).toList();
  }
}
