package rft.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import rft.run.Point;

class SeriesTest {
  private static Series of(double... values) {
    return Series.of(
        IntStream.range(0, values.length).mapToObj(i -> new Point(i + 1, values[i])).toList());
  }

  @Test
  void theLastSpellThatIsLongEnoughIsFound() {
    Series series = of(1, 1, 1, 0, 1, 1, 0, 1);
    assertEquals(Optional.of(new Spell(5, 6, false)), series.spell(2, value -> value == 1));
    assertEquals(Optional.of(new Spell(1, 3, false)), series.spell(3, value -> value == 1));
    assertEquals(Optional.of(new Spell(8, 8, true)), series.spell(1, value -> value == 1));
    assertEquals(Optional.empty(), series.spell(4, value -> value == 1));
    assertEquals(Optional.empty(), Series.EMPTY.spell(1, value -> true));
  }

  @Test
  void noiseIsThatOfTheStepsWhateverTheTrendAndTheOutliers() {
    SplittableRandom random = new SplittableRandom(1);
    List<Point> points =
        IntStream.range(0, 4000)
            .mapToObj(
                i -> {
                  double gauss =
                      Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
                          * Math.cos(2 * Math.PI * random.nextDouble());
                  return new Point(i, i * 0.001 + 0.1 * gauss + (i % 100 == 0 ? 50 : 0));
                })
            .toList();
    assertEquals(0.1, Series.of(points).noise(), 0.01);
  }

  @Test
  void meansStandAtTheLastOfTheirSteps() {
    Series means = of(1, 2, 3, 4).means(2);
    assertEquals(List.of(new Point(2, 1.5), new Point(3, 2.5), new Point(4, 3.5)), means.points());
    assertEquals(0, of(1).means(2).size());
  }

  @Test
  void partsAreCutByStep() {
    Series series = Series.of(List.of(new Point(2, 1), new Point(4, 2), new Point(9, 3)));
    assertEquals(2, series.from(3).size());
    assertEquals(2, series.upTo(8).size());
    assertEquals(3, series.from(9).last());
    assertEquals(Double.NaN, series.at(3));
    assertEquals(1, series.lastUpTo(3));
    assertEquals(2, series.lastUpTo(4));
    assertEquals(Double.NaN, series.lastUpTo(1));
  }

  @Test
  void mediansLeaveOutWhatIsNoNumber() {
    assertEquals(2, of(3, Double.NaN, 1).median());
    assertEquals(Double.NaN, of().median());
  }
}
