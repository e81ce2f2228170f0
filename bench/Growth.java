import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import rft.policy.AdapterShape;
import rft.policy.CounterRandom;
import rft.policy.Family;
import rft.policy.GradientTotal;
import rft.policy.ModelConfig;
import rft.policy.Policy;
import rft.policy.PolicyView;
import rft.policy.Precision;
import rft.policy.SampledTokens;
import rft.policy.Sampler;
import rft.policy.SamplingSettings;
import rft.policy.Scorer;
import rft.prompt.Tokens;
import rft.rollout.Shards;

/**
 * How speed and memory grow with the batch, the group, the completion's length and the model's
 * size.
 *
 * <p>Random weights of the shapes of SmolLM2-135M and Qwen2.5-0.5B, LoRA r16 on all projections,
 * prompts of 64 tokens, two threads. Prints a table and draws docs/images/growth-*.svg. Memory is
 * the peak resident size while a setting runs (Linux). Run from the repository's root after ./rft
 * build, with nothing else running:
 *
 * <pre>
 * java -Xmx6g -cp "target/lib/rft-tasks/*:target/lib/rft-runs/*:target/lib/rft-training/*:target/lib/rft-kernel/*" bench/Growth.java [IMAGES]
 * </pre>
 */
class Growth {
  static final int THREADS = 2;
  static final int PROMPT = 64;
  static final ModelConfig SMOL =
      new ModelConfig(49152, 576, 1536, 30, 9, 3, 64, 1e-5, 100_000, true, 2048);
  static final ModelConfig QWEN =
      new ModelConfig(
          151936, 896, 4864, 24, 14, 2, 64, 1e-6, 1e6, true, 2048, Family.QWEN2, false, null);

  record Setting(int rows, int group, int length) {}

  record Measured(double generated, double trained, double peak) {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 1) {
      child(arguments);
      return;
    }
    Path images = Path.of(arguments.length > 0 ? arguments[0] : "docs/images");
    System.out.println(
        "| model | rows | group | new tokens | generated tok/s | trained tok/s | peak GiB |");
    System.out.println("|---|---|---|---|---|---|---|");
    TreeMap<Integer, Measured> batch = new TreeMap<>();
    for (int rows : new int[] {1, 8, 32, 64, 128}) {
      batch.put(rows, apart("135M", Precision.F32, new Setting(rows, Math.min(rows, 8), 64)));
    }
    draw(images, "growth-batch", "rows", batch);
    TreeMap<Integer, Measured> group = new TreeMap<>();
    for (int size : new int[] {1, 2, 8, 32}) {
      group.put(size, apart("135M", Precision.F32, new Setting(32, size, 64)));
    }
    draw(images, "growth-group", "rollouts of a group, 32 rows", group);
    TreeMap<Integer, Measured> length = new TreeMap<>();
    for (int tokens : new int[] {16, 64, 256, 512}) {
      length.put(tokens, apart("135M", Precision.F32, new Setting(16, 8, tokens)));
    }
    draw(images, "growth-length", "new tokens, 16 rows", length);
    for (Precision precision : List.of(Precision.F32, Precision.BF16)) {
      for (String model : List.of("135M", "494M")) {
        apart(model, precision, new Setting(32, 8, 32));
      }
    }
  }

  /** Measures a setting in a process of its own, because memory is not given back. */
  static Measured apart(String model, Precision precision, Setting setting) throws Exception {
    List<String> command =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx6g",
            "-cp",
            System.getProperty("java.class.path"),
            "bench/Growth.java",
            model,
            precision.text(),
            "" + setting.rows(),
            "" + setting.group(),
            "" + setting.length());
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    String[] lines = new String(child.getInputStream().readAllBytes()).strip().split("\n");
    String[] values = lines[lines.length - 1].split(" ");
    if (child.waitFor() != 0 || values.length != 3) {
      throw new IllegalStateException(String.join("\n", lines));
    }
    Measured measured =
        new Measured(
            Double.parseDouble(values[0]),
            Double.parseDouble(values[1]),
            Double.parseDouble(values[2]));
    System.out.printf(
        Locale.ROOT,
        "| %s %s | %d | %d | %d | %.0f | %.0f | %.2f |%n",
        model,
        precision.text(),
        setting.rows(),
        setting.group(),
        setting.length(),
        measured.generated(),
        measured.trained(),
        measured.peak());
    return measured;
  }

  static void child(String[] arguments) throws Exception {
    ModelConfig config = arguments[0].equals("135M") ? SMOL : QWEN;
    int rows = Integer.parseInt(arguments[2]);
    int group = Integer.parseInt(arguments[3]);
    try (Policy policy = open(config, Precision.parse(arguments[1]))) {
      run(policy, new Setting(Math.min(rows, 8), Math.min(group, 8), 8)); // warms up
      Measured measured = run(policy, new Setting(rows, group, Integer.parseInt(arguments[4])));
      System.out.println(measured.generated() + " " + measured.trained() + " " + measured.peak());
    }
  }

  static Policy open(ModelConfig config, Precision precision) {
    Policy policy = Policy.random(config, 1, "cpu", precision, THREADS);
    policy.attachAdapter(new AdapterShape(16, 32, AdapterShape.ALL_TARGETS), 1);
    return policy;
  }

  static Measured run(Policy policy, Setting setting) throws Exception {
    Random random = new Random(1);
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < Math.max(1, setting.rows() / setting.group()); i++) {
      prompts.add(random.ints(PROMPT, 0, policy.config().vocabulary()).toArray());
    }
    long start = System.nanoTime();
    List<SampledTokens> rows;
    int parts = Sampler.parts(policy, prompts.size(), THREADS);
    try (Shards shards = new Shards(THREADS);
        Sampler sampler = new Sampler(policy, PolicyView.TUNED, Set.of(-1), parts)) {
      SamplingSettings settings = new SamplingSettings(setting.length(), 1, 1, 0);
      Sampler.Uniforms uniforms =
          (row, token) -> CounterRandom.uniform(3, CounterRandom.Purpose.SAMPLE, row, token);
      rows =
          shards
              .map(prompts, parts, part -> sampler.sample(part, setting.group(), settings, uniforms, () -> false))
              .stream()
              .flatMap(List::stream)
              .toList();
    }
    double sampling = (System.nanoTime() - start) / 1e9;
    start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    try (GradientTotal total = new GradientTotal(policy)) {
      for (int t = 0; t < THREADS; t++) {
        int own = t;
        GradientTotal part = total.part();
        threads.add(new Thread(() -> train(policy, prompts, rows, setting, own, part)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    double training = (System.nanoTime() - start) / 1e9;
    double tokens = (double) rows.size() * setting.length();
    return new Measured(tokens / sampling, tokens / training, peak());
  }

  /** Every second pass is this thread's; a pass takes rows of one group. */
  static void train(
      Policy policy,
      List<int[]> prompts,
      List<SampledTokens> rows,
      Setting setting,
      int own,
      GradientTotal total) {
    Scorer scorer = new Scorer(policy, 1);
    int perPass = Math.max(1, (scorer.tokensPerPass() - PROMPT) / setting.length());
    perPass = Math.min(perPass, Math.max(1, Math.min(setting.group(), rows.size() / THREADS)));
    int pass = 0;
    for (int group = 0; group < prompts.size(); group++) {
      for (int from = 0; from < setting.group(); from += perPass) {
        if (pass++ % THREADS != own) {
          continue;
        }
        List<Scorer.Row> part = new ArrayList<>();
        for (int i = from; i < Math.min(from + perPass, setting.group()); i++) {
          part.add(new Scorer.Row(0, Tokens.of(rows.get(group * setting.group() + i).tokens())));
        }
        double[][] weights = new double[part.size()][setting.length()];
        weights[0][0] = 1;
        try (Scorer.Scored scored = scorer.forward(List.of(prompts.get(group)), part)) {
          scored.gradient(weights, total);
        }
      }
    }
  }

  static double peak() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1048576.0;
      }
    }
    return Double.NaN;
  }

  static void draw(Path folder, String file, String axis, TreeMap<Integer, Measured> points)
      throws Exception {
    XYChart chart =
        new XYChartBuilder().width(640).height(360).xAxisTitle(axis).yAxisTitle("tokens/s").build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisMin(0.0).setPlotBorderVisible(false);
    double[] x = points.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
    chart.addSeries(
        "generated", x, points.values().stream().mapToDouble(Measured::generated).toArray());
    chart.addSeries(
        "trained", x, points.values().stream().mapToDouble(Measured::trained).toArray());
    Files.createDirectories(folder);
    VectorGraphicsEncoder.saveVectorGraphic(
        chart, folder.resolve(file).toString(), VectorGraphicsFormat.SVG);
  }
}
