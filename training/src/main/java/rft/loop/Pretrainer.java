package rft.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import rft.optimizer.AdamW;
import rft.policy.CounterRandom;
import rft.policy.CounterRandom.Purpose;
import rft.policy.GradientTotal;
import rft.policy.Policy;
import rft.policy.Scorer;
import rft.prompt.Tokens;
import rft.rollout.Shards;

/**
 * Trains all weights on conversations by next-token prediction, deterministically for a given
 * recipe.
 */
public final class Pretrainer {
  /** Batches whose rows are sorted by length together, so that little padding is computed. */
  private static final int BATCHES_PER_BUCKET = 16;

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.98;
  private static final double MAX_GRADIENT_NORM = 1;

  private final Policy policy;
  private final PretrainRecipe recipe;
  private final LongFunction<Example> corpus;

  /**
   * One conversation as tokens.
   *
   * @param tokens prompt and response
   * @param responseStart index of the first response token; at least 1
   */
  public record Example(Tokens tokens, int responseStart) {}

  /**
   * What one update did.
   *
   * @param step counted from 1
   * @param loss mean weighted negative log-prob in nats
   * @param gradientNorm before clipping
   * @param tokens tokens trained so far
   */
  public record Report(int step, double loss, double gradientNorm, long tokens) {}

  /** Hears of every update; returning false stops the training. */
  @FunctionalInterface
  public interface Listener {
    boolean updated(Report report);
  }

  /**
   * Makes a trainer of all weights of a policy.
   *
   * @param corpus the conversation with a given number, the same for the same number
   */
  public Pretrainer(Policy policy, PretrainRecipe recipe, LongFunction<Example> corpus) {
    this.policy = policy;
    this.recipe = recipe;
    this.corpus = corpus;
    policy.trainAll(false);
  }

  /** Runs the whole recipe. */
  public void run(Listener listener) {
    Scorer scorer = new Scorer(policy, 1);
    long tokens = 0;
    try (Shards shards = new Shards(recipe.threads());
        AdamW optimizer = new AdamW(policy, BETA1, BETA2, recipe.weightDecay())) {
      List<List<Example>> bucket = List.of();
      for (int step = 1; step <= recipe.steps(); step++) {
        int place = (step - 1) % BATCHES_PER_BUCKET;
        if (place == 0) {
          bucket = bucket((step - 1) / BATCHES_PER_BUCKET);
        }
        List<Example> batch = bucket.get(place);
        tokens += batch.stream().mapToLong(example -> example.tokens().length()).sum();
        if (!listener.updated(update(scorer, shards, optimizer, batch, step, tokens))) {
          return;
        }
      }
    }
  }

  private Report update(
      Scorer scorer, Shards shards, AdamW optimizer, List<Example> batch, int step, long tokens) {
    double total = batch.stream().mapToDouble(this::weight).sum();
    try (GradientTotal sum = new GradientTotal(policy)) {
      double loss = 0;
      for (Part part : shards.map(batch, rows -> part(scorer, rows, total, sum.part()))) {
        sum.add(part.gradient());
        part.gradient().close();
        loss += part.loss();
      }
      double norm = sum.norm();
      if (!Double.isFinite(norm)) {
        throw new IllegalStateException(
            "pretraining diverged at step " + step + ": lower the learning rate");
      }
      double scale = norm > MAX_GRADIENT_NORM ? MAX_GRADIENT_NORM / norm : 1;
      optimizer.step(sum, recipe.learningRateAt(step), scale);
      return new Report(step, loss, norm, tokens);
    }
  }

  private record Part(GradientTotal gradient, double loss) {}

  /**
   * Every conversation starts with the same token, which is the shared one-token prompt of the
   * batch.
   */
  private Part part(
      Scorer scorer, List<Example> examples, double totalWeight, GradientTotal gradient) {
    int[] first = {examples.get(0).tokens().at(0)};
    List<Scorer.Row> rows = new ArrayList<>();
    double[][] weights = new double[examples.size()][];
    for (int i = 0; i < weights.length; i++) {
      int[] tokens = examples.get(i).tokens().toArray();
      rows.add(Scorer.Row.of(0, Arrays.copyOfRange(tokens, 1, tokens.length)));
      weights[i] = new double[tokens.length - 1];
      for (int j = 1; j < tokens.length; j++) {
        weights[i][j - 1] = -weightAt(examples.get(i), j) / totalWeight;
      }
    }
    try (Scorer.Scored scored = scorer.forward(List.of(first), rows)) {
      double loss = 0;
      for (int i = 0; i < weights.length; i++) {
        float[] logProbs = scored.scores().logProbs().get(i);
        for (int j = 0; j < logProbs.length; j++) {
          loss += weights[i][j] * logProbs[j];
        }
      }
      scored.gradient(weights, gradient);
      return new Part(gradient, loss);
    }
  }

  private double weightAt(Example example, int token) {
    return token < example.responseStart() ? recipe.promptWeight() : 1;
  }

  private double weight(Example example) {
    double sum = 0;
    for (int i = 1; i < example.tokens().length(); i++) {
      sum += weightAt(example, i);
    }
    return sum;
  }

  private List<List<Example>> bucket(int number) {
    int size = BATCHES_PER_BUCKET * recipe.rowsPerStep();
    List<Example> examples = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      examples.add(corpus.apply((long) number * size + i));
    }
    examples.sort(Comparator.comparingInt(example -> example.tokens().length()));
    List<List<Example>> batches = new ArrayList<>();
    for (int batch :
        CounterRandom.permutation(BATCHES_PER_BUCKET, recipe.seed(), Purpose.PRETRAIN, number)) {
      int from = batch * recipe.rowsPerStep();
      // Interleaved, so that the parts of the batch that run side by side take equally long.
      batches.add(interleave(examples.subList(from, from + recipe.rowsPerStep())));
    }
    return batches;
  }

  private List<Example> interleave(List<Example> sorted) {
    List<Example> mixed = new ArrayList<>(sorted.size());
    for (int start = 0; start < recipe.threads(); start++) {
      for (int i = start; i < sorted.size(); i += recipe.threads()) {
        mixed.add(sorted.get(i));
      }
    }
    return mixed;
  }
}
