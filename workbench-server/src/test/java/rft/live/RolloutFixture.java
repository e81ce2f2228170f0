package rft.live;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rft.advantage.GroupAdvantage;
import rft.prompt.TokenDecoder;
import rft.reward.Failure;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.run.Metric;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunInputs;
import rft.run.RunWriter;
import rft.run.StoredRollout;
import rft.run.TrainOptions;

/**
 * A run with rollouts to look at, as a trainer writes it: each step has three groups of four. The
 * reward is 1 x right + 0.2 x form - 0.1 x length.
 */
public final class RolloutFixture {
  static final Map<String, Double> WEIGHTS = Map.of("right", 1.0, "form", 0.2, "length", -0.1);
  private static final Path MODEL = Path.of("../models/tiny-chat").toAbsolutePath().normalize();
  private static final TokenDecoder DECODER = TokenDecoder.load(MODEL);
  private static final int GROUP = 4;

  /** From here on tokens are more than one letter. */
  private static final int WORDS = 263;

  private RolloutFixture() {}

  /** Returns the header of such a run. */
  public static RunHeader header(RunFolder folder) {
    RunHeader header = WrittenRun.header(folder, 0);
    return new RunHeader(
        folder.id(),
        "fixture",
        Instant.parse("2026-11-24T21:30:12Z"),
        "0.1.0",
        TrainOptions.standard(RunInputs.onCpu(MODEL.toString(), "addition", "parts")),
        header.dataset(),
        header.reward(),
        null,
        header.model(),
        null,
        header.machine());
  }

  /** Writes a run with steps from 1 on. */
  public static RunFolder write(RunHome home, int steps) throws IOException {
    RunFolder folder = home.create("fixture");
    try (RunWriter writer = RunWriter.create(folder, header(folder))) {
      writer.event(RunEvent.Kind.STARTED, 0, "");
      for (int step = 1; step <= steps; step++) {
        writeStep(writer, step);
      }
      writer.event(RunEvent.Kind.FINISHED, steps, "");
    }
    return folder;
  }

  /** Writes one step. */
  public static void writeStep(RunWriter writer, int step) throws IOException {
    writer.writeStep(step, Map.of(Metric.REWARD_MEAN.key(), step / 10.0), step(step));
  }

  /** Group 0 is mixed, group 1 all wrong, and in group 2 a reward failed and two answers agree. */
  static List<StoredRollout> step(int step) {
    List<StoredRollout> rollouts = new ArrayList<>();
    rollouts.addAll(group(step, 0, score(0, 1, 2), score(1, 1, 4), score(0, 0, 1), score(1, 0, 8)));
    rollouts.addAll(group(step, 1, score(0, 0, 3), score(0, 0, 3), score(0, 0, 3), score(0, 0, 3)));
    rollouts.addAll(
        group(
            step,
            2,
            score(1, 1, 1),
            score(1, 1, 1),
            new Failure(Failure.Kind.EXCEPTION, "line 3: no digits"),
            score(0, 1, 6)));
    return rollouts;
  }

  static Score score(double right, double form, double length) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("right", right);
    parts.put("form", form);
    parts.put("length", length);
    return new Score(right + 0.2 * form - 0.1 * length, parts, "a reason", 0);
  }

  static List<StoredRollout> group(int step, int position, Verdict... verdicts) {
    double[] rewards =
        Arrays.stream(verdicts).mapToDouble(v -> v.reward().orElse(Double.NaN)).toArray();
    double[] advantages = GroupAdvantage.group().of(new double[][] {rewards})[0];
    List<StoredRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < verdicts.length; i++) {
      int[] tokens =
          position == 2 && i < 2 ? new int[] {WORDS, WORDS + 1, 2} : tokens(step, position, i);
      String text = String.join("", DECODER.texts(tokens));
      rollouts.add(
          rollout(step, position, i, text, tokens, verdicts[i], rewards[i], advantages[i]));
    }
    return rollouts;
  }

  private static int[] tokens(int step, int position, int index) {
    int[] tokens = new int[index + 3];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = WORDS + (step * 31 + position * GROUP * 7 + index * 5 + i * 3) % 60;
    }
    tokens[tokens.length - 1] = 2;
    return tokens;
  }

  static StoredRollout rollout(
      int step,
      int position,
      int index,
      String text,
      int[] tokens,
      Verdict verdict,
      double reward,
      double advantage) {
    float[] logProbs = new float[tokens.length];
    float[] entropies = new float[tokens.length];
    float[] base = new float[tokens.length];
    boolean[] mask = new boolean[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      logProbs[i] = -0.25f * i;
      entropies[i] = 0.5f * i;
      base[i] = -0.5f * i;
      mask[i] = true;
    }
    return new StoredRollout(
        step,
        position,
        index,
        "addition-" + position,
        "train",
        "How much is " + position + " + " + position + "?",
        text,
        index == 3 ? "length" : "stop",
        tokens,
        mask,
        logProbs,
        entropies,
        step % 2 == 0 ? base : null,
        verdict,
        reward,
        advantage);
  }

  /** Writes a run with one step of 64 rollouts, all of which try to do harm. */
  public static RunFolder writeHostile(RunHome home) throws IOException {
    RunFolder folder = home.create("hostile");
    try (RunWriter writer = RunWriter.create(folder, header(folder))) {
      writer.event(RunEvent.Kind.STARTED, 0, "");
      writer.writeStep(1, Map.of(Metric.REWARD_MEAN.key(), 0.5), hostile());
    }
    return folder;
  }

  private static List<StoredRollout> hostile() {
    String script = "<script>window.harmed = 1</script><img src=x onerror='window.harmed = 1'>";
    List<String> texts =
        List.of(
            script,
            "\"><svg onload=window.harmed=1><style>body { display: none }</style></textarea>",
            "<a href='javascript:window.harmed=1'>click</a> ${window.harmed = 1} {{harmed}}",
            "abc \u202Edrowssap\u202C \u2066isolated\u2069 \u200Bzero\uFEFF \uDB40\uDC41tag",
            "\u001B[31mred\u001B[0m \u001B]8;;http://x\u0007link \u0000\u0008\u007F\u0085\r",
            "Z" + "\u0301\u0316\u0325\u0337".repeat(200) + "algo",
            "x".repeat(100_000),
            "\n".repeat(3_000),
            "word and ".repeat(1_800));
    List<StoredRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      Map<String, Double> parts = new LinkedHashMap<>();
      parts.put(script, (double) (i % 7));
      parts.put("a:b,c %41", i % 3 - 1.0);
      double value = i % 7 + 0.5 * (i % 3 - 1);
      Score score = new Score(value, parts, script + "\u202E reason", 0);
      int[] tokens = {WORDS, WORDS + 1, 2};
      String text = texts.get(i % texts.size()) + (i < texts.size() ? "" : " " + i);
      if (i == 63) {
        tokens = new int[16_000];
        Arrays.setAll(tokens, at -> WORDS + at * 7 % 60);
        text = String.join("", DECODER.texts(tokens));
      }
      StoredRollout plain = rollout(1, 0, i, text, tokens, score, value, (i % 7 - 3) / 2.0);
      rollouts.add(
          new StoredRollout(
              1,
              0,
              i,
              script,
              "train",
              script + "\u202E prompt " + "y".repeat(20_000),
              text,
              plain.finishReason(),
              plain.trace(),
              score,
              value,
              plain.advantage()));
    }
    return rollouts;
  }
}
