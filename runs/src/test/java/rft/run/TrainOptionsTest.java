package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import rft.reward.FailurePolicy;

class TrainOptionsTest {
  private static final TrainOptions STANDARD =
      TrainOptions.standard(RunInputs.onCpu("models/tiny-chat", "addition.jsonl", "exact"));

  @Test
  void optionsSurviveJson() {
    TrainOptions options =
        new TrainOptions(
            Method.SFT_SELF,
            new RunInputs("m", "d", "r", "cuda:3", 7, "bf16"),
            new LoopOptions(11, 12, 13, 14, 15, 16),
            new SamplingOptions(17, 0.18, 0.19, 20),
            new LossOptions(LossKind.DR_GRPO, 0.21, 0.22, 0.23, AdvantageScale.BATCH, true),
            new OptimizerOptions(1e-300, Schedule.COSINE, 24, 0.25, 0.26, 0.27, 0.28),
            new AdapterOptions(false, 29, 30.5, List.of("v_proj", "q_proj")),
            new ValidationOptions(31, 32, 33, "c"),
            new CheckpointOptions(34),
            new RewardOptions(new FailurePolicy(FailurePolicy.Action.DROP_GROUP, 0.35), 36.5),
            Long.MIN_VALUE);

    assertEquals(options, TrainOptions.fromJson(options.toJson()));
    assertEquals(STANDARD, TrainOptions.fromJson(STANDARD.toJson()));
  }

  @Test
  void jsonUsesTheNamesOfTheCommandLine() {
    String json = STANDARD.withMethod(Method.RANDOM_REWARD).toJson();

    assertTrue(json.contains("\"random-reward\""), json);
    assertTrue(json.contains("\"dapo\""), json);
  }

  @Test
  void anUnknownFieldIsRefusedByName() {
    String json = STANDARD.toJson().replace("\"topK\"", "\"topC\" : 1, \"topK\"");

    assertRefused("options, sampling.topC: there is no \"topC\" here", json);
  }

  @Test
  void aMissingFieldIsRefusedByName() {
    String json = STANDARD.toJson().replaceAll(",\\s*\"seed\" : 1", "");

    assertRefused("options, seed: this field is missing", json);
  }

  @Test
  void aRunOfBeforePrecisionsHeldItsWeightsInFull() {
    String json = STANDARD.toJson().replaceAll(",\\s*\"precision\" : \"f32\"", "");

    assertTrue(!json.contains("precision"), json);
    assertEquals(STANDARD, TrainOptions.fromJson(json));
  }

  @Test
  void aPrecisionThatDoesNotExistIsRefused() {
    assertRefused(
        "precision (f8) must be f32, bf16 or, on a GPU, f16",
        STANDARD.toJson().replace("\"f32\"", "\"f8\""));
  }

  @Test
  void aFieldOfTheWrongTypeIsRefused() {
    assertRefused("steps", STANDARD.toJson().replace("\"steps\" : 50", "\"steps\" : 50.5"));
    assertRefused("steps", STANDARD.toJson().replace("\"steps\" : 50", "\"steps\" : \"50\""));
    assertRefused("steps", STANDARD.toJson().replace("\"steps\" : 50", "\"steps\" : null"));
    assertRefused("method", STANDARD.toJson().replace("\"grpo\"", "\"ppo\""));
    assertRefused("method", STANDARD.toJson().replace("\"grpo\"", "null"));
    assertRefused("inputs.dataset: Unexpected end", STANDARD.toJson().substring(0, 100));
    assertRefused("options (line 1) is not valid JSON", "steps=5");
    assertRefused("options", "");
    assertRefused("options", STANDARD.toJson() + "{}");
  }

  @Test
  void aRefusedValueKeepsItsSentenceInJson() {
    assertRefused(
        "options, loop: groupSize (1) must be at least 2: a group of one has no advantage",
        STANDARD.toJson().replace("\"groupSize\" : 16", "\"groupSize\" : 1"));
  }

  @Test
  void badNumbersAreRefusedInOneSentence() {
    refused("learningRate (0.0) must be above 0", () -> OptimizerOptions.standard(0));
    refused("learningRate (NaN)", () -> OptimizerOptions.standard(Double.NaN));
    refused("learningRate (-1.0E-4)", () -> OptimizerOptions.standard(-1e-4));
    refused("learningRate (Inf", () -> OptimizerOptions.standard(Double.POSITIVE_INFINITY));
    refused("groupSize (1)", () -> LoopOptions.standard().withGroups(8, 1));
    refused("tasksPerStep (0)", () -> LoopOptions.standard().withGroups(0, 8));
    refused("must be at most", () -> LoopOptions.standard().withGroups(1 << 20, 1 << 20));
    refused("steps (0)", () -> LoopOptions.standard().withSteps(0));
    refused("temperature (NaN)", () -> SamplingOptions.standard().withTemperature(Double.NaN));
    refused("at least 1.0E-5", () -> SamplingOptions.standard().withTemperature(1e-46));
    refused("topP (0.0)", () -> new SamplingOptions(8, 1, 0, 0));
    refused("topK (-1)", () -> new SamplingOptions(8, 1, 1, -1));
    refused("maxNewTokens (0)", () -> SamplingOptions.standard().withMaxNewTokens(0));
    refused("klBeta (NaN)", () -> LossOptions.standard(LossKind.GRPO).withKlBeta(Double.NaN));
    refused("beta2 (1.0)", () -> adam(0.9, 1));
    refused("beta1 (NaN)", () -> adam(Double.NaN, 0.9));
    refused("validation tasks (0)", () -> new ValidationOptions(5, 0, 1));
    refused("checkpoint every (-1)", () -> new CheckpointOptions(-1));
    refused("threads (0)", () -> STANDARD.inputs().withThreads(0));
    refused("device (gpu) must be cpu or cuda:N", () -> STANDARD.inputs().withDevice("gpu"));
    refused("model is missing", () -> RunInputs.onCpu(" ", "d", "r"));
  }

  @Test
  void cispoTakesACapAndNotADistance() {
    refused(
        "clipHigh (0.2)",
        () -> new LossOptions(LossKind.CISPO, 0.2, 0.2, 0, AdvantageScale.GROUP, false));
    assertEquals(5, LossOptions.standard(LossKind.CISPO).clipHigh());
  }

  @Test
  void anAdapterNeedsRankAndTargetsAndFullTuningHasNeither() {
    refused("rank (0)", () -> AdapterOptions.lora(0, 16));
    refused("targets is empty", () -> new AdapterOptions(false, 8, 16, List.of()));
    refused("twice", () -> new AdapterOptions(false, 8, 16, List.of("q_proj", "q_proj")));
    refused("full tuning has no adapter", () -> new AdapterOptions(true, 8, 0, List.of()));
    assertTrue(AdapterOptions.fullTuning().full());
  }

  @Test
  void greedyRolloutsAreRefusedForTrainingOnly() {
    SamplingOptions greedy = SamplingOptions.standard().greedy();

    refused("temperature (0.0)", () -> STANDARD.withSampling(greedy));
    assertEquals(greedy, STANDARD.withMethod(Method.SFT_REFERENCE).withSampling(greedy).sampling());
  }

  @Test
  void checkpointsOfSmallPoliciesAreDueEveryStep() {
    CheckpointOptions automatic = CheckpointOptions.standard();

    assertTrue(automatic.isDue(7, CheckpointOptions.SMALL_BYTES - 1));
    assertEquals(false, automatic.isDue(7, CheckpointOptions.SMALL_BYTES));
    assertTrue(automatic.isDue(20, CheckpointOptions.SMALL_BYTES));
    assertTrue(new CheckpointOptions(7).isDue(14, Long.MAX_VALUE));
    assertEquals(false, new CheckpointOptions(7).isDue(15, 1));
  }

  private static OptimizerOptions adam(double beta1, double beta2) {
    return new OptimizerOptions(1e-3, Schedule.LINEAR, 0, beta1, beta2, 0, 1);
  }

  private static void assertRefused(String part, String json) {
    refused(part, () -> TrainOptions.fromJson(json));
  }

  private static void refused(String part, Executable makes) {
    String message = assertThrows(IllegalArgumentException.class, makes).getMessage();
    assertTrue(message.contains(part), message);
    assertEquals(1, message.lines().count(), message);
  }
}
