package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import rft.run.AdvantageScale;
import rft.run.LossKind;
import rft.run.LossOptions;
import rft.run.TrainOptions;

/** A fork changes what is given on its command line, and nothing else. */
final class GivenOptionsTest {
  private static LossOptions lossOfFork(TrainFlags origin, TrainFlags fork, String... given) {
    return new GivenOptions(List.of(given)::contains).merge(options(origin), options(fork)).loss();
  }

  private static TrainOptions options(TrainFlags flags) {
    return flags.options("model", "data", "reward");
  }

  private static TrainFlags flags(String loss) {
    TrainFlags flags = new TrainFlags();
    flags.loss = loss;
    return flags;
  }

  @Test
  void oneConstantOfTheLossLeavesTheOthersAlone() {
    TrainFlags origin = flags("dr_grpo");
    origin.clipLow = 0.1;
    origin.maskTruncated = true;
    TrainFlags fork = new TrainFlags();
    fork.kl = 0.05;
    assertEquals(
        new LossOptions(LossKind.DR_GRPO, 0.1, 0.2, 0.05, AdvantageScale.NONE, true),
        lossOfFork(origin, fork, "--kl"));
  }

  @Test
  void anotherLossBringsItsUsualClipsAndAdvantageButNoOtherPull() {
    TrainFlags origin = flags("dr_grpo");
    origin.clipLow = 0.1;
    origin.kl = 0.05;
    origin.maskTruncated = true;
    assertEquals(
        new LossOptions(LossKind.GSPO, 3e-4, 4e-4, 0.05, AdvantageScale.GROUP, true),
        lossOfFork(origin, flags("gspo"), "--loss"));
  }

  @Test
  void whatDoesNotGoTogetherIsSaidInTheWordsOfTheUser() {
    TrainFlags fork = new TrainFlags();
    fork.clipHigh = 0.5;
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> lossOfFork(flags("cispo"), fork, "--clip-high"))
            .getMessage();
    assertTrue(message.startsWith("--clip-high (0.5) must be"), message);
  }
}
