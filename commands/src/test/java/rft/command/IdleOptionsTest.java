package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import rft.run.Method;
import rft.run.RunInputs;
import rft.run.TrainOptions;

/** An option that cannot have an effect is refused before anything is loaded. */
final class IdleOptionsTest {
  private static final String DATA = "--data=addition";

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>(List.of(DATA));
    words.addAll(Arrays.asList(line.split(" ")));
    return words;
  }

  private static String refusal(String line) {
    Train train = new Train();
    new CommandLine(train).parseArgs(words(line).toArray(String[]::new));
    CommandException e =
        assertThrows(CommandException.class, () -> train.run(Progress.SILENT), line);
    assertEquals(ExitCode.USAGE, e.exitCode());
    return String.valueOf(e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--full --rank 8|--rank has no effect: --full trains every weight, without an adapter",
        "--full --alpha 8|--alpha has no effect",
        "--targets q_proj --full|--targets has no effect",
        "--full --precision bf16|--precision has no effect: --full leaves no weight frozen",
        "--method sft --kl 0.1|--kl has no effect: --method sft imitates answers",
        "--method sft-self --clip-low 0.1|--clip-low has no effect: --method sft-self imitates",
        "--method sft-self --loss grpo|--loss has no effect",
        "--method sft --advantage batch|--advantage has no effect",
        "--method sft --group-size 8|--group-size has no effect: --method sft learns from",
        "--method sft --mask-truncated|--mask-truncated has no effect",
        "--method random-reward --on-failure zero|--on-failure has no effect",
        "--loss cispo --clip-low 0.1|--clip-low has no effect: --loss cispo has no lower clip",
        "--validate-every 0 --check number-match|--check has no effect: --validate-every 0",
        "--validate-every 0 --validation-tasks 8|--validation-tasks has no effect"
      })
  void anOptionThatOthersSwitchOffIsRefused(String line, String begin) {
    String refusal = refusal(line);
    assertTrue(refusal.startsWith(begin), refusal);
    assertTrue(refusal.endsWith("; leave it out"), refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--full --precision f32 --lr 1e-4",
        "--method sft --mu 2 --kl-every 1 --temperature 0.5 --rank 4",
        "--method sft-self --group-size 8 --mask-truncated --on-failure zero",
        "--loss cispo --clip-high 4 --kl 0.1",
        "--validate-every 0 --max-new-tokens 8"
      })
  void whatHasAnEffectIsTaken(String line) throws Exception {
    assertTrue(TrainForm.plan(words(line)).loop().steps() > 0);
  }

  @Test
  void aSweepNeedsAnOptionInOneOfItsTrainingsAtLeast() {
    String refusal = refusal("--full --sweep rank=4,8");
    assertTrue(refusal.startsWith("--rank has no effect"), refusal);
    refusal = refusal("--sweep method=sft,grpo --kl 0.1 --validate-every 0 --check gold");
    assertTrue(refusal.startsWith("--check has no effect"), refusal);
  }

  @Test
  void aForkCountsWhatItsRunSays() {
    TrainOptions imitates =
        TrainForm.standard(RunInputs.onCpu("m", "d", "r")).withMethod(Method.SFT_REFERENCE);
    CommandException e =
        assertThrows(
            CommandException.class,
            () -> TrainForm.requireFork(imitates, 3, Map.of("--steps", "60", "--kl", "0.1")));
    assertTrue(e.getMessage().startsWith("--kl has no effect"), e.getMessage());
    TrainForm.requireFork(imitates, 3, Map.of("--steps", "60", "--method", "grpo", "--kl", "0.1"));
  }

  @Test
  void thePageHearsTheSame() {
    List<TrainForm.Problem> problems = TrainForm.problems(Map.of("--method", "sft", "--kl", "0.1"));
    assertEquals(1, problems.size());
    assertTrue(problems.get(0).message().startsWith("--kl has no effect"), problems + "");
  }
}
