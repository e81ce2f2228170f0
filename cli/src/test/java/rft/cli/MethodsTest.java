package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every method and loss runs from the shell, and does what sets it apart. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
final class MethodsTest {
  @TempDir Path folder;
  private UserHome user;

  @BeforeEach
  void makeHome() {
    user = UserHome.within(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sft", "sft-self", "random-reward"})
  void everyMethodTrains(String method) throws Exception {
    String run = user.trained("--data=json", "--steps=2", "--method=" + method);
    assertEquals(method, user.header(run).path("options").path("method").asText());
    double norm = user.lastMetric(run, "train/grad_norm");
    assertTrue(norm > 0, "a gradient of length " + norm);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpo", "bnpo", "dr_grpo", "dapo", "gspo", "cispo"})
  void everyLossTrains(String loss) throws Exception {
    String run = user.trained("--data=json", "--steps=2", "--loss=" + loss);
    JsonNode options = user.header(run).path("options").path("loss");
    assertEquals(loss, options.path("kind").asText());
    double norm = user.lastMetric(run, "train/grad_norm");
    assertTrue(norm > 0 && Double.isFinite(norm), "a gradient of length " + norm);
    assertEquals(0, user.lastMetric(run, "train/update_skipped"));
  }

  @Test
  void fullTuningIsCheckpointedAndGoesOn() throws Exception {
    String whole = user.trained("--data=json", "--steps=3", "--full");
    assertTrue(Files.size(user.checkpoint(whole, 3).resolve("model.safetensors")) > 1_000_000);
    try (Background training = user.startTraining("--data=json", "--steps=3", "--full")) {
      training.awaitErr("train 0/3");
      training.interrupt();
      assertEquals(130, training.await().exitCode());
    }
    String parts = user.runs().stream().filter(run -> !run.equals(whole)).findFirst().orElseThrow();
    user.ok("train", "--resume", parts);
    for (String file : List.of("model.safetensors", "optimizer.safetensors", "cursor.json")) {
      assertEquals(
          -1,
          Files.mismatch(
              user.checkpoint(whole, 3).resolve(file), user.checkpoint(parts, 3).resolve(file)),
          file);
    }
  }

  @Test
  void divergenceIsMeasuredWithoutBeingPunished() throws Exception {
    String run = user.trained("--data=json", "--steps=2", "--kl-every=1");
    double kl = user.lastMetric(run, "policy/kl");
    assertTrue(kl > 0 && kl < 1, "a divergence of " + kl);
  }

  @Test
  void divergenceIsAbsentWhereTheRolloutsAreNotThePolicysOwn() throws Exception {
    for (String option : List.of("--top-p=0.7", "--top-k=3", "--method=sft", "--method=sft-self")) {
      String run =
          user.trained("--data=json", "--steps=1", "--kl-every=1", "--validate-every=0", option);
      JsonNode metrics = user.json("runs", "show", run).path("metrics");
      assertFalse(metrics.has("policy/kl"), option + ": " + metrics.path("policy/kl"));
    }
  }

  @Test
  void baseLogProbsAreStoredWhereAskedFor() throws Exception {
    String run = user.trained("--data=json", "--steps=2", "--kl=0.04", "--kl-every=2");
    for (String line : user.rollouts(run)) {
      JsonNode rollout = UserHome.read(line);
      JsonNode base = rollout.path("base_log_probs");
      if (rollout.path("step").asInt() == 2) {
        assertEquals(rollout.path("tokens").size(), base.size());
      } else {
        assertTrue(base.isNull(), "absent is null: " + base);
      }
    }
    double kl = user.lastMetric(run, "policy/kl");
    assertTrue(kl > 0, "the second step is no longer the base: " + kl);
  }

  @Test
  void aSecondUpdateOnTheSameRolloutsMovesTheRatio() throws Exception {
    String once = user.trained("--data=json", "--steps=1", "--lr=0.01");
    String twice = user.trained("--data=json", "--steps=1", "--lr=0.01", "--mu=2");
    assertEquals(0, clipped(once));
    assertTrue(clipped(twice) > 0, "no ratio left the trust region");
    Path weights = Path.of("adapter_model.safetensors");
    assertFalse(
        Files.mismatch(
                user.checkpoint(once, 1).resolve(weights),
                user.checkpoint(twice, 1).resolve(weights))
            < 0,
        "two updates end where one does");
  }

  private double clipped(String run) throws Exception {
    return user.lastMetric(run, "policy/clip_low") + user.lastMetric(run, "policy/clip_high");
  }
}
