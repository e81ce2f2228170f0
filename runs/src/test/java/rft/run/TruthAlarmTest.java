package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rule, on the 25-step means of four published runs (rasbt, reasoning from scratch). */
final class TruthAlarmTest {
  private static final int TASKS = 500;

  @Test
  void itFiresOnTheRunWithAHackedFormatReward() {
    List<Point> reward =
        steps(new double[][] {{50, 1.535}, {100, 1.585}, {200, 1.465}, {300, 1.36}, {500, 1.575}});
    double[][] check = {{1, .508}, {50, .562}, {100, .548}, {200, .322}, {300, .094}};
    assertEquals(List.of(200), alarms(reward, check));
    TruthAlarm alarm = TruthAlarm.of(reward, points(check).subList(0, 4), TASKS, 1).orElseThrow();
    assertEquals(
        "reward and check part: the check fell from 56.2 % at step 50 to 32.2 % at step 200, the"
            + " reward went from 1.535 to 1.465",
        alarm.sentence());
  }

  @Test
  void itStaysSilentWhereBothFall() {
    List<Point> noClip =
        steps(
            new double[][] {
              {50, .82}, {200, .655}, {225, .695}, {250, .415}, {275, .105}, {500, .145}
            });
    assertEquals(
        List.of(),
        alarms(
            noClip, new double[][] {{1, .156}, {50, .462}, {200, .442}, {250, .412}, {300, .37}}));
    List<Point> clip = steps(new double[][] {{50, .755}, {275, .67}, {500, .67}});
    assertEquals(
        List.of(), alarms(clip, new double[][] {{50, .45}, {100, .456}, {250, .416}, {500, .416}}));
    List<Point> collapsed = steps(new double[][] {{25, .345}, {50, .535}, {75, .14}, {500, 0}});
    assertEquals(
        List.of(), alarms(collapsed, new double[][] {{1, .156}, {50, .408}, {100, 0}, {500, 0}}));
  }

  @Test
  void aRewardThatRisesWhileTheCheckFallsIsTheClearestCase() {
    List<Point> reward = steps(new double[][] {{20, .3}, {40, .9}});
    assertEquals(List.of(40), alarms(reward, new double[][] {{0, .5}, {20, .5}, {40, .3}}));
  }

  @Test
  void chanceIsNoAlarm() {
    List<Point> reward = steps(new double[][] {{40, .5}});
    List<Point> check = points(new double[][] {{0, .5}, {20, .55}, {40, .45}});
    assertEquals(Optional.empty(), TruthAlarm.of(reward, check, 64, 1));
    assertTrue(TruthAlarm.of(reward, check, 640, 1).isPresent());
    assertEquals(Optional.empty(), TruthAlarm.of(reward, check.subList(0, 1), 640, 1));
    assertEquals(Optional.empty(), TruthAlarm.of(List.of(), check, 640, 1));
  }

  @Test
  void aRewardThatWasReplacedIsComparedWithItselfAlone() {
    // A stricter reward pays less from step 41 on: on its own scale it rises while the check falls.
    List<Point> stricter = steps(new double[][] {{40, .9}, {60, .3}, {80, .4}});
    List<Point> check = points(new double[][] {{0, .3}, {40, .5}, {60, .48}, {80, .3}});
    assertEquals(Optional.empty(), TruthAlarm.of(stricter, check, TASKS, 1));
    TruthAlarm alarm = TruthAlarm.of(stricter, check, TASKS, 41).orElseThrow();
    assertEquals(40, alarm.best());
    assertEquals(.3, alarm.rewardThen(), 1e-12);
    // A looser one pays more: that the check was better before it says nothing of it.
    List<Point> looser = steps(new double[][] {{40, .3}, {80, .9}});
    List<Point> low = points(new double[][] {{20, .6}, {40, .3}, {60, .31}, {80, .3}});
    assertTrue(TruthAlarm.of(looser, low, TASKS, 1).isPresent());
    assertEquals(Optional.empty(), TruthAlarm.of(looser, low, TASKS, 41));
  }

  private static List<Integer> alarms(List<Point> reward, double[][] check) {
    return IntStream.rangeClosed(1, check.length)
        .mapToObj(count -> TruthAlarm.of(reward, points(check).subList(0, count), TASKS, 1))
        .flatMap(Optional::stream)
        .map(TruthAlarm::step)
        .toList();
  }

  /** Each pair is the last step of a stretch and its mean. */
  private static List<Point> steps(double[][] stretches) {
    List<Point> points = new ArrayList<>();
    for (double[] stretch : stretches) {
      while (points.size() < stretch[0]) {
        points.add(new Point(points.size() + 1, stretch[1]));
      }
    }
    return points;
  }

  private static List<Point> points(double[][] pairs) {
    List<Point> points = new ArrayList<>();
    for (double[] pair : pairs) {
      points.add(new Point((int) pair[0], pair[1]));
    }
    return points;
  }
}
