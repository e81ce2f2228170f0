package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SourceDiffTest {
  private static String numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
  }

  @Test
  void aChangedLineIsShownWithThreeAround() {
    String diff =
        SourceDiff.unified("old", numbers(1, 12), "new", numbers(1, 6) + "six\n" + numbers(7, 12));
    assertEquals(
        """
        --- old
        +++ new
        @@ -3,7 +3,7 @@
         3
         4
         5
        -6
        +six
         7
         8
         9
        """,
        diff);
  }

  @Test
  void equalSourcesHaveNoDiff() {
    assertEquals("", SourceDiff.unified("a", "x\ny", "b", "x\ny\n"));
  }

  @Test
  void distantChangesAreTwoHunksAndNearOnesOne() {
    String far =
        SourceDiff.unified(
            "a", numbers(0, 30), "b", "x\n" + numbers(1, 20) + "y\n" + numbers(21, 30));
    assertEquals(2, far.split("@@ -", -1).length - 1);
    String near =
        SourceDiff.unified(
            "a", numbers(0, 12), "b", "x\n" + numbers(1, 6) + "y\n" + numbers(7, 12));
    assertEquals(1, near.split("@@ -", -1).length - 1);
  }

  @Test
  void whatIsAddedToNothingBeginsAtZero() {
    assertTrue(SourceDiff.unified("a", "", "b", "x\n").contains("@@ -0,0 +1,1 @@\n+x\n"));
  }

  @Test
  void aDiffRebuildsBothSides() {
    Random random = new Random(2);
    for (int repetition = 0; repetition < 200; repetition++) {
      List<String> from = lines(random);
      List<String> to = lines(random);
      String diff = SourceDiff.unified("a", String.join("\n", from), "b", String.join("\n", to));
      if (diff.isEmpty()) {
        assertEquals(from, to);
      } else {
        assertEquals(to, patched(from, diff));
      }
    }
  }

  private static List<String> lines(Random random) {
    return random.ints(random.nextInt(25) + 1, 0, 4).mapToObj(i -> "l" + i).toList();
  }

  /** Applies a diff, and requires that what it removes and keeps is there. */
  private static List<String> patched(List<String> from, String diff) {
    List<String> made = new ArrayList<>();
    int place = 0;
    for (String line : diff.lines().skip(2).toList()) {
      if (line.startsWith("@@")) {
        String[] range = line.split(" ")[1].substring(1).split(",");
        int start = Integer.parseInt(range[0]) - (range[1].equals("0") ? 0 : 1);
        while (place < start) {
          made.add(from.get(place++));
        }
      } else {
        if (line.charAt(0) != '+') {
          assertEquals(from.get(place++), line.substring(1));
        }
        if (line.charAt(0) != '-') {
          made.add(line.substring(1));
        }
      }
    }
    made.addAll(from.subList(place, from.size()));
    return made;
  }
}
