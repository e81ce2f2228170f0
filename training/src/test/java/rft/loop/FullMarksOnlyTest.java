package rft.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import rft.reward.Score;

class FullMarksOnlyTest {
  @Test
  void fullMarksCountOneAndAllElseNothing() {
    double[][] rewards = {{1, 0.999, 0, Double.NaN}, {1, 1 - 1e-12, 2}};
    assertArrayEquals(new double[][] {{1, 0, 0, 0}, {1, 1, 1}}, new FullMarksOnly().of(rewards));
  }

  @Test
  void referencesGetFullMarks() {
    List<JudgedGroup> judged = new FullMarksJudge().judge(List.of(Groups.of(0, 2)), 1);
    assertEquals(List.of(Score.of(1), Score.of(1)), judged.get(0).verdicts());
  }
}
