import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import rft.dataset.Dataset;
import rft.dataset.DatasetReader;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;
import rft.loop.PretrainRecipe;
import rft.loop.Pretrainer;
import rft.loop.TeacherExamples;
import rft.policy.AdapterShape;
import rft.policy.CounterRandom;
import rft.policy.GradientTotal;
import rft.policy.ModelConfig;
import rft.policy.Policy;
import rft.policy.PolicyView;
import rft.policy.SampledTokens;
import rft.policy.Sampler;
import rft.policy.SamplingSettings;
import rft.policy.Scorer;
import rft.prompt.ChatTemplate;
import rft.prompt.TextTokenizer;
import rft.rollout.LoadedModel;
import rft.rollout.Shards;

/**
 * Tokens per second of the bundled model: generated, and trained with LoRA (completion tokens) and in full (all tokens
 * of a conversation). Run it from the repository's root after a build:
 *
 * <pre>OMP_NUM_THREADS=1 java -cp "target/lib/rft-tasks/*:target/lib/rft-runs/*:target/lib/rft-training/*" bench/Throughput.java</pre>
 */
public class Throughput {
  private static final int REPEATS = 7;
  private static final int GROUP = 16;
  private static final int TASKS = 16;

  public static void main(String[] args) throws Exception {
    Path folder = Path.of("models/tiny-chat");
    System.out.printf("%-34s %10s %10s %10s%n", "tokens per second", "min", "median", "max");
    System.out.printf("%-34s %10s%n", "feasibility study, one thread", "8,000-10,000 generated, 9,000-10,000 trained");
    for (int threads : new int[] {1, 2}) {
      rollouts(folder, threads);
      pretraining(folder, threads);
    }
  }

  private static void rollouts(Path folder, int threads) throws Exception {
    Dataset dataset = DatasetReader.read(Path.of("datasets/samples/addition.jsonl"));
    List<Task> tasks = Splitter.standard().split(dataset.tasks()).get(Split.TRAIN).subList(0, TASKS);
    double[] generated = new double[REPEATS];
    double[] trained = new double[REPEATS];
    try (LoadedModel model = LoadedModel.open(folder, "cpu", threads)) {
      Policy policy = model.policy();
      policy.attachAdapter(new AdapterShape(8, 16, AdapterShape.ALL_TARGETS), 1);
      List<int[]> prompts =
          model.prompts(tasks, 48).kept().stream().map(prompt -> prompt.tokens().toArray()).toList();
      for (int repeat = -2; repeat < REPEATS; repeat++) {
        int step = repeat;
        long start = System.nanoTime();
        List<SampledTokens> sampled = sample(model, prompts, step);
        double seconds = (System.nanoTime() - start) / 1e9;
        long tokens = sampled.stream().mapToLong(SampledTokens::length).sum();
        start = System.nanoTime();
        train(model, prompts, sampled);
        double trainSeconds = (System.nanoTime() - start) / 1e9;
        if (repeat >= 0) {
          generated[repeat] = tokens / seconds;
          trained[repeat] = tokens / trainSeconds;
        }
      }
    }
    print("generated, " + threads + " threads", generated);
    print("trained with LoRA, " + threads + " threads", trained);
  }

  private static List<SampledTokens> sample(LoadedModel model, List<int[]> prompts, int step) {
    Set<Integer> ends = model.tokenizer().endTokens();
    try (Sampler sampler = new Sampler(model.policy(), PolicyView.TUNED, ends)) {
      SamplingSettings settings = new SamplingSettings(48, 1, 1, 0);
      return model.shards().map(prompts, part -> sampler.sample(part, GROUP, settings, (row, token) ->
              CounterRandom.uniform(step, CounterRandom.Purpose.SAMPLE, part.get(0)[1], row, token), () -> false))
          .stream().flatMap(List::stream).toList();
    }
  }

  private static void train(LoadedModel model, List<int[]> prompts, List<SampledTokens> sampled) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      indices.add(i);
    }
    Scorer scorer = new Scorer(model.policy(), 1);
    try (GradientTotal total = new GradientTotal(model.policy())) {
      for (GradientTotal part : model.shards().map(indices, share -> gradient(model, scorer, prompts, sampled, share))) {
        total.add(part);
        part.close();
      }
      total.norm();
    }
  }

  private static GradientTotal gradient(
      LoadedModel model, Scorer scorer, List<int[]> prompts, List<SampledTokens> sampled, List<Integer> share) {
    GradientTotal total = new GradientTotal(model.policy());
    for (int from = 0; from < share.size(); from += 4) {
      List<int[]> some = new ArrayList<>();
      List<Scorer.Row> rows = new ArrayList<>();
      for (int index : share.subList(from, Math.min(share.size(), from + 4))) {
        some.add(prompts.get(index));
        for (int i = 0; i < GROUP; i++) {
          rows.add(Scorer.Row.of(some.size() - 1, sampled.get(index * GROUP + i).tokens()));
        }
      }
      double[][] weights = new double[rows.size()][];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = new double[rows.get(i).tokens().length()];
        Arrays.fill(weights[i], i % 2 == 0 ? 1e-3 : -1e-3);
      }
      try (Scorer.Scored scored = scorer.forward(some, rows)) {
        scored.gradient(weights, total);
      }
    }
    return total;
  }

  private static void pretraining(Path folder, int threads) throws Exception {
    double[] trained = new double[REPEATS];
    try (TextTokenizer tokenizer = TextTokenizer.load(folder);
        Policy policy = Policy.random(ModelConfig.read(folder), 1, "cpu")) {
      TeacherExamples examples = new TeacherExamples(1, ChatTemplate.load(folder), tokenizer);
      PretrainRecipe recipe = new PretrainRecipe(1, (REPEATS + 1) * 32, 24, 1e-3, 10, 0.05, 0.05, threads);
      long[] last = {0, 0};
      new Pretrainer(policy, recipe, examples::at).run(report -> {
        if (report.step() % 32 == 0) {
          long now = System.nanoTime();
          if (report.step() > 32) {
            trained[report.step() / 32 - 2] = (report.tokens() - last[1]) / ((now - last[0]) / 1e9);
          }
          last[0] = now;
          last[1] = report.tokens();
        }
        return true;
      });
    }
    print("trained in full, " + threads + " threads", trained);
  }

  private static void print(String what, double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    System.out.printf(Locale.ROOT, "%-34s %10.0f %10.0f %10.0f%n", what, sorted[0], sorted[sorted.length / 2],
        sorted[sorted.length - 1]);
  }
}
