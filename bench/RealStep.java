import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.engine.PtNDArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import rft.dataset.DatasetReader;
import rft.dataset.Task;
import rft.loop.HandLoop;
import rft.loop.JudgedGroup;
import rft.loop.StepGradient;
import rft.policy.CounterRandom;
import rft.policy.PolicyView;
import rft.policy.Precision;
import rft.policy.SampledTokens;
import rft.policy.Sampler;
import rft.policy.SamplingSettings;
import rft.prompt.Prompt;
import rft.prompt.Tokens;
import rft.reward.Completion;
import rft.reward.FinishReason;
import rft.reward.RewardFunction;
import rft.reward.RewardJudge;
import rft.reward.Score;
import rft.rollout.LoadedModel;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;
import rft.rollout.TokenMask;
import rft.run.AdapterOptions;
import rft.run.LoopOptions;
import rft.run.LossKind;
import rft.run.LossOptions;
import rft.run.OptimizerOptions;
import rft.run.RunInputs;
import rft.run.SamplingOptions;
import rft.run.TrainOptions;

/**
 * Our side of {@code bench/peers}: steps of GRPO on a real model, its rollouts alone, and the floor of the machine in
 * our engine. {@code bench/peers/run.sh} calls it, in the same sizes as the peers: 4 prompts of 64 tokens, groups of
 * 8, exactly 64 new tokens (no token ends an answer), LoRA of rank 16 on every projection, no KL.
 *
 * <pre>java -cp "target/lib/rft-tasks/*:target/lib/rft-runs/*:target/lib/rft-training/*" bench/RealStep.java step|generate|floor f32|bf16</pre>
 *
 * The environment names the model's folder ({@code RFT_REAL_MODEL}) and the folder of results ({@code RFT_PEERS_OUT});
 * {@code RFT_PEERS_QUICK} makes everything small, to see that it runs.
 */
public class RealStep {
  private static final boolean QUICK = System.getenv("RFT_PEERS_QUICK") != null;
  private static final int THREADS = Integer.parseInt(System.getenv().getOrDefault("RFT_PEERS_THREADS", "2"));
  private static final int PROMPT_TOKENS = 64;
  private static final int NEW_TOKENS = QUICK ? 8 : 64;
  private static final int GROUP = QUICK ? 2 : 8;
  private static final int STEPS = QUICK ? 1 : 3;
  private static final Path PROMPTS = Path.of("bench/peers/prompts.jsonl");
  private static final Path OUT = Path.of(System.getenv().getOrDefault("RFT_PEERS_OUT", "target/peers"));
  private static final Path MODEL = Path.of(System.getenv().getOrDefault("RFT_REAL_MODEL", "target/peers/model"));
  private static final SamplingSettings FREE = new SamplingSettings(NEW_TOKENS, 1, 1, 0);

  public static void main(String[] args) throws Exception {
    Precision precision = Precision.parse(args[1]);
    Map<String, Object> figures =
        switch (args[0]) {
          case "step" -> steps(precision);
          case "generate" -> generation(precision);
          case "floor" -> floor();
          default -> throw new IllegalArgumentException("first argument: step, generate or floor");
        };
    figures.put("peak_gib", peakGib());
    figures.put("java", Runtime.version().toString());
    String json =
        figures.entrySet().stream()
            .map(e -> " \"" + e.getKey() + "\": " + (e.getValue() instanceof String s ? "\"" + s + "\"" : e.getValue()))
            .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    String part = args[0].equals("floor") ? "floor-rft" : args[0] + "-rft-" + precision.text();
    Files.createDirectories(OUT);
    Files.writeString(OUT.resolve(part + ".json"), json);
    System.out.println(part + " " + json);
    System.exit(0); // threads of the engine may linger
  }

  /** Seconds of a whole step: rollouts, reward, gradient, update. */
  private static Map<String, Object> steps(Precision precision) throws Exception {
    List<Task> tasks = DatasetReader.read(PROMPTS).tasks();
    RunInputs inputs = RunInputs.onCpu(MODEL.toString(), PROMPTS.toString(), "share of e").withThreads(THREADS);
    TrainOptions options =
        TrainOptions.standard(inputs)
            .withLoop(new LoopOptions(STEPS + 1, tasks.size(), GROUP, 1, tasks.size() * GROUP, 0))
            .withSampling(SamplingOptions.standard().withMaxNewTokens(NEW_TOKENS).withTemperature(1));
    options =
        new TrainOptions(
            options.method(), inputs, options.loop(), options.sampling(), LossOptions.standard(LossKind.GRPO),
            OptimizerOptions.standard(1e-5), AdapterOptions.lora(16, 32), options.validation(), options.checkpoint(),
            options.reward(), 1);
    List<Double> all = new ArrayList<>();
    List<Double> rollouts = new ArrayList<>();
    Map<String, Object> figures = new LinkedHashMap<>();
    RewardFunction reward = (task, completion) -> Score.of(shareOfE(completion.text()));
    try (LoadedModel model = LoadedModel.open(MODEL, "cpu", THREADS, precision);
        HandLoop loop = HandLoop.of(model, options, tasks, new RewardJudge(reward.asGroup(), Duration.ofSeconds(5)))) {
      for (int step = 1; step <= STEPS + 1; step++) {
        long start = System.nanoTime();
        List<Prompt> prompts = loop.prompts(step);
        List<RolloutGroup> groups = rollouts(model, prompts, step);
        long sampled = System.nanoTime();
        List<JudgedGroup> judged = loop.judge(groups, step);
        double[][] rewards = loop.rewards(judged);
        try (StepGradient gradient = loop.backward(loop.scored(judged, rewards, loop.advantages(rewards)))) {
          loop.update(gradient, step);
        }
        if (step > 1) {
          all.add((System.nanoTime() - start) / 1e9);
          rollouts.add((sampled - start) / 1e9);
        }
      }
      figures.put("engine", model.policy().engine());
      figures.put("parameters", model.policy().config().parameters());
    }
    int fastest = IntStream.range(0, all.size()).reduce((a, b) -> all.get(b) < all.get(a) ? b : a).getAsInt();
    figures.put("steps", all);
    figures.put("seconds", all.get(fastest));
    figures.put("rollout_seconds", rollouts.get(fastest));
    return figures;
  }

  private static double shareOfE(String text) {
    return text.chars().filter(c -> c == 'e').count() / (double) Math.max(1, text.length());
  }

  /** The same as LocalRolloutSource, but no token ends an answer. */
  private static List<RolloutGroup> rollouts(LoadedModel model, List<Prompt> prompts, int step) {
    List<int[]> ids = prompts.stream().map(prompt -> prompt.tokens().toArray()).toList();
    List<SampledTokens> sampled = sample(model, ids, GROUP, FREE, step);
    List<RolloutGroup> groups = new ArrayList<>();
    for (int p = 0; p < prompts.size(); p++) {
      List<Rollout> group = new ArrayList<>();
      for (SampledTokens tokens : sampled.subList(p * GROUP, (p + 1) * GROUP)) {
        String text = model.tokenizer().decode(Tokens.of(tokens.tokens()));
        Completion completion = Completion.of(text, FinishReason.LENGTH, tokens.length());
        group.add(new Rollout(group.size(), tokens, TokenMask.all(tokens.length()), completion));
      }
      groups.add(new RolloutGroup(p, prompts.get(p), group));
    }
    return groups;
  }

  private static List<SampledTokens> sample(
      LoadedModel model, List<int[]> prompts, int group, SamplingSettings settings, int step) {
    for (int[] prompt : prompts) {
      if (prompt.length != PROMPT_TOKENS) {
        throw new IllegalStateException("a prompt has " + prompt.length + " tokens, not " + PROMPT_TOKENS);
      }
    }
    List<Integer> places = IntStream.range(0, prompts.size()).boxed().toList();
    int parts = Sampler.parts(model.policy(), prompts.size(), THREADS);
    try (Sampler sampler = new Sampler(model.policy(), PolicyView.TUNED, Set.of(), parts)) {
      return model.shards().map(places, parts, part ->
              sampler.sample(part.stream().map(prompts::get).toList(), group, settings, (row, token) ->
                  CounterRandom.uniform(
                      1, CounterRandom.Purpose.SAMPLE, step, part.get(row / group), row % group, token), () -> false))
          .stream().flatMap(List::stream).toList();
    }
  }

  /** Seconds of the rollouts; and, for the share of the floor, of 32 prompts alone and of a decode step. */
  private static Map<String, Object> generation(Precision precision) throws Exception {
    Map<String, Object> figures = new LinkedHashMap<>();
    try (LoadedModel model = LoadedModel.open(MODEL, "cpu", THREADS, precision)) {
      List<int[]> ids =
          model.prompts(DatasetReader.read(PROMPTS).tasks(), NEW_TOKENS).kept().stream()
              .map(prompt -> prompt.tokens().toArray())
              .toList();
      int rows = ids.size() * GROUP;
      double whole = seconds(() -> sample(model, ids, GROUP, FREE, 1));
      SamplingSettings one = new SamplingSettings(1, 1, 1, 0);
      double first = seconds(() -> sample(model, ids, GROUP, one, 1));
      List<int[]> many = IntStream.range(0, rows).mapToObj(i -> ids.get(i % ids.size())).toList();
      double prefill = seconds(() -> sample(model, many, 1, one, 1));
      figures.put("seconds", whole);
      figures.put("tokens_per_second", rows * NEW_TOKENS / whole);
      figures.put("decode_step_seconds", (whole - first) / (NEW_TOKENS - 1));
      figures.put("prefill_tokens", rows * PROMPT_TOKENS);
      figures.put("prefill_seconds", prefill);
      figures.put("rows", rows);
      figures.put("parameters", model.policy().config().parameters());
      figures.put("embedding", (long) model.policy().config().vocabulary() * model.policy().config().hidden());
      figures.put("bytes_per_weight", precision.bytes());
      figures.put("engine", model.policy().engine());
    }
    return figures;
  }

  /** Matrix products and reads of memory in our engine; floor.pt is floor.py's. */
  private static Map<String, Object> floor() throws Exception {
    Map<String, Object> figures = new LinkedHashMap<>();
    try (NDManager manager = NDManager.newBaseManager("PyTorch"); Model model = Model.newInstance("floor", "PyTorch")) {
      model.load(OUT, "floor");
      PtSymbolBlock block = (PtSymbolBlock) model.getBlock();
      int square = QUICK ? 512 : 4096;
      product(figures, manager, block, "square", new int[] {square, square, square});
      product(figures, manager, block, "layer", new int[] {1024, 576, 1536});
      NDArray ones = manager.ones(new Shape(QUICK ? 1 << 24 : 1 << 28));
      double time = seconds(() -> ones.sum().close());
      figures.put("read_gbs", ones.size() * 4 / time / 1e9);
    }
    return figures;
  }

  private static void product(
      Map<String, Object> figures, NDManager manager, PtSymbolBlock block, String name, int[] sizes) {
    double flops = 2.0 * sizes[0] * sizes[1] * sizes[2];
    int loops = (int) Math.max(1, 2e9 / flops);
    NDArray a = manager.randomNormal(new Shape(sizes[0], sizes[1]));
    NDArray b = manager.randomNormal(new Shape(sizes[1], sizes[2]));
    boolean[] precisions =
        System.getenv("RFT_PEERS_NO_BF16") == null ? new boolean[] {false, true} : new boolean[] {false};
    for (boolean half : precisions) {
      IValue left = IValue.from((PtNDArray) a);
      IValue right = IValue.from((PtNDArray) b);
      IValue[] operands = {left, right};
      if (half) {
        operands[0] = IValueUtils.runMethod(block, "half", left);
        operands[1] = IValueUtils.runMethod(block, "half", right);
      }
      double time =
          seconds(
              () -> {
                for (int i = 0; i < loops; i++) {
                  IValueUtils.runMethod(block, "forward", operands[0], operands[1]).close();
                }
              });
      figures.put(name + (half ? "_bf16_gflops" : "_f32_gflops"), flops * loops / time / 1e9);
    }
  }

  /** Returns the shortest of a few times, after one that warms up. */
  private static double seconds(Runnable work) {
    work.run();
    double[] times = new double[Math.min(3, STEPS)];
    for (int i = 0; i < times.length; i++) {
      long start = System.nanoTime();
      work.run();
      times[i] = (System.nanoTime() - start) / 1e9;
    }
    return Arrays.stream(times).min().getAsDouble();
  }

  private static double peakGib() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / (1 << 20);
      }
    }
    return Double.NaN;
  }
}
