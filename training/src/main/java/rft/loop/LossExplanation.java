package rft.loop;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import rft.advantage.GroupAdvantage;
import rft.advantage.RewardSpread;
import rft.loss.LossBatch;
import rft.loss.RowShare;
import rft.loss.SurrogateLoss;
import rft.run.AdvantageScale;
import rft.run.LossOptions;
import rft.run.NumberText;

/**
 * The arithmetic of one group: from its rewards to what each rollout adds to the loss. Its text is
 * what a cell shows.
 *
 * @param options which loss
 * @param rewards of the rollouts; NaN where there is none
 * @param advantages of the rollouts
 * @param mean of the rewards of the group
 * @param std that centred rewards were divided by: of the group or of the batch; NaN where by none
 * @param shares what each rollout adds
 * @param klTerm what the KL penalty adds
 * @param totals counts of the whole step
 * @param maxCompletionTokens longest completion the sampler may produce
 */
public record LossExplanation(
    LossOptions options,
    List<Double> rewards,
    List<Double> advantages,
    double mean,
    double std,
    List<RowShare> shares,
    double klTerm,
    LossBatch.Totals totals,
    int maxCompletionTokens) {
  public LossExplanation {
    rewards = List.copyOf(rewards);
    advantages = List.copyOf(advantages);
    shares = List.copyOf(shares);
  }

  /**
   * Returns the arithmetic of a group.
   *
   * @param batch its rows, with the totals of its step
   * @param batchRewards rewards of all groups of the step
   */
  static LossExplanation of(
      LossOptions options,
      SurrogateLoss loss,
      LossBatch batch,
      List<Double> rewards,
      double[][] batchRewards) {
    double[] own = rewards.stream().mapToDouble(Double::doubleValue).toArray();
    double[] known = Arrays.stream(own).filter(r -> !Double.isNaN(r)).toArray();
    return new LossExplanation(
        options,
        rewards,
        batch.rows().stream().map(LossBatch.Row::advantage).toList(),
        Arrays.stream(known).average().orElse(Double.NaN),
        switch (options.scale()) {
          case GROUP -> RewardSpread.of(own).std();
          case BATCH -> RewardSpread.ofBatch(batchRewards).std();
          case NONE -> Double.NaN;
        },
        RowShare.of(loss, batch),
        RowShare.idle(loss, batch),
        batch.totals(),
        batch.maxCompletionTokens());
  }

  /** Returns what the whole group adds to the loss of its step. */
  public double loss() {
    return klTerm + shares.stream().mapToDouble(RowShare::share).sum();
  }

  /** Returns the arithmetic line by line. */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, "mean of the rewards %s%s", number(mean), spread());
    line(text, "advantage = %s", advantageRule());
    line(text, "ratio = exp(log-prob now - log-prob when sampled)%s", ratioLevel());
    line(text, "low + high = tokens that the clip holds back from below and from above");
    line(text, "loss of a rollout = %s", lossRule());
    line(text, "");
    line(text, "  #   reward  advantage  tokens    ratio  (least to most)  low + high       loss");
    for (int i = 0; i < shares.size(); i++) {
      RowShare share = shares.get(i);
      line(
          text,
          "%3d %8s %10.4f %7d %8.4f  (%.4f to %.4f) %10s %10.6f",
          i,
          Double.isNaN(rewards.get(i)) ? "none" : number(rewards.get(i)),
          advantages.get(i),
          share.tokens(),
          share.ratio(),
          share.leastRatio(),
          share.mostRatio(),
          share.clippedLow() + " + " + share.clippedHigh(),
          share.share());
    }
    line(text, "");
    if (options.klBeta() > 0) {
      line(
          text,
          "KL term: %s times the k3 estimate against the base: %.6f",
          number(options.klBeta()),
          klTerm);
    }
    line(text, "the group adds %.6f to the loss of its step", loss());
    return text.toString();
  }

  /** Returns {@link #text}. */
  @Override
  public String toString() {
    return text();
  }

  private String spread() {
    return options.scale() == AdvantageScale.NONE
        ? ""
        : String.format(
            Locale.ROOT,
            ", standard deviation of %s %s (n - 1)",
            options.scale() == AdvantageScale.GROUP ? "the group" : "all rewards of the step",
            number(std));
  }

  private String advantageRule() {
    return options.scale() == AdvantageScale.NONE
        ? String.format(Locale.ROOT, "reward - %s", number(mean))
        : String.format(
            Locale.ROOT,
            "(reward - %s) / (%s + %s)",
            number(mean),
            number(std),
            number(GroupAdvantage.FLOOR));
  }

  private String ratioLevel() {
    return switch (options.kind()) {
      case GSPO -> ", averaged over the tokens of a rollout before exp";
      case DAPO, GRPO, BNPO, DR_GRPO, CISPO -> ", token by token";
    };
  }

  private String lossRule() {
    String objective =
        switch (options.kind()) {
          case CISPO ->
              "-sum over its tokens of min(ratio, "
                  + number(options.clipHigh())
                  + ") * advantage * log-prob, the ratio held constant";
          case DAPO, GRPO, BNPO, DR_GRPO, GSPO ->
              "-sum over its tokens of min(ratio * advantage, ratio clipped to "
                  + number(1 - options.clipLow())
                  + " .. "
                  + number(1 + options.clipHigh())
                  + " * advantage)";
        };
    return objective + ", divided by " + denominator();
  }

  private String denominator() {
    return switch (options.kind()) {
      case DAPO, BNPO, CISPO -> "the " + totals.tokens() + " trained tokens of the step";
      case GRPO, GSPO -> "its own tokens and the " + totals.rows() + " rollouts of the step";
      case DR_GRPO ->
          totals.rows() + " rollouts * " + maxCompletionTokens + " tokens, the longest completion";
    };
  }

  private static String number(double value) {
    return NumberText.of(value);
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
