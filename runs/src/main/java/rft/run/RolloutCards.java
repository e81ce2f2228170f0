package rft.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import rft.reward.Verdict;

/** A handful of rollouts for the report: best, median and worst of the first and last step. */
final class RolloutCards {
  private static final int MOST_CHARACTERS = 4_000;
  private static final int MOST_TOKENS = 400;
  private static final double[] LIKELY = {0.9, 0.6, 0.3, 0.1};

  private final RunReader run;

  RolloutCards(RunReader run) {
    this.run = run;
  }

  /** Returns the section, or an empty text for a run without rollouts. */
  String html() throws IOException {
    List<Integer> steps = run.rolloutSteps();
    if (steps.isEmpty()) {
      return "";
    }
    int first = steps.get(0);
    int last = steps.get(steps.size() - 1);
    StringBuilder html = new StringBuilder("<section><h2>Rollouts</h2>\n<p class=\"note\">");
    html.append("Best, median and worst by reward. Each cell under a text is one token: ");
    html.append("the fuller its colour, the less likely the policy held it.</p>\n");
    append(html, first);
    if (last != first) {
      append(html, last);
    }
    return html.append("</section>\n").toString();
  }

  private void append(StringBuilder html, int step) throws IOException {
    html.append("<h3>Step ").append(step).append("</h3>\n");
    try {
      html.append("<div class=\"cards\">\n");
      for (StoredRollout rollout : chosen(run.rollouts(step))) {
        html.append(card(rollout));
      }
      html.append("</div>\n");
    } catch (DamagedRunException e) {
      html.append("</div><p class=\"bad\">")
          .append(HtmlText.escape(String.valueOf(e.getMessage())))
          .append("</p>");
    }
  }

  private static List<StoredRollout> chosen(List<StoredRollout> rollouts) {
    List<StoredRollout> ranked = new ArrayList<>(rollouts);
    ranked.removeIf(rollout -> Double.isNaN(rollout.reward()));
    if (ranked.isEmpty()) {
      return rollouts.subList(0, Math.min(3, rollouts.size()));
    }
    ranked.sort(Comparator.comparingDouble(StoredRollout::reward).reversed());
    return List.of(0, ranked.size() / 2, ranked.size() - 1).stream()
        .distinct()
        .map(ranked::get)
        .toList();
  }

  private static String card(StoredRollout rollout) {
    return "<article class=\"card\"><header><span class=\"reward\">"
        + reward(rollout)
        + "</span><span>advantage "
        + NumberText.of(rollout.advantage())
        + "</span><span>"
        + NumberText.counted(rollout.trace().length(), "token")
        + ", "
        + HtmlText.escape(rollout.finishReason())
        + "</span></header>\n<pre class=\"prompt\">"
        + HtmlText.escape(rollout.prompt(), MOST_CHARACTERS)
        + "</pre>\n<pre class=\"text\">"
        + HtmlText.escape(rollout.text(), MOST_CHARACTERS)
        + "</pre>\n"
        + tokens(rollout.trace())
        + "<p class=\"verdict\">"
        + HtmlText.escape(sentence(rollout.verdict()), MOST_CHARACTERS)
        + "</p></article>\n";
  }

  private static String reward(StoredRollout rollout) {
    return Double.isNaN(rollout.reward())
        ? "no reward"
        : "reward " + NumberText.of(rollout.reward());
  }

  private static String sentence(Verdict verdict) {
    return verdict.fold(
        score -> {
          StringBuilder text = new StringBuilder();
          score
              .parts()
              .forEach(
                  (part, value) ->
                      text.append(text.isEmpty() ? "" : ", ")
                          .append(part)
                          .append(' ')
                          .append(NumberText.of(value)));
          String reason = score.reason();
          return text + (reason == null ? "" : (text.isEmpty() ? "" : ": ") + reason);
        },
        abstain -> "The reward does not apply: " + abstain.reason(),
        failure ->
            "The reward failed ("
                + VerdictJson.outcome(failure).replace('_', ' ')
                + "): "
                + failure.detail());
  }

  private static String tokens(TokenTrace trace) {
    StringBuilder cells = new StringBuilder("<p class=\"tokens\" aria-hidden=\"true\">");
    int[] tokens = trace.tokens();
    float[] logProbs = trace.logProbs();
    for (int i = 0; i < Math.min(tokens.length, MOST_TOKENS); i++) {
      double probability = Math.exp(logProbs[i]);
      cells.append(
          String.format(
              Locale.ROOT,
              "<i class=\"p%d\" title=\"token %d, probability %.3f\"></i>",
              level(probability),
              tokens[i],
              probability));
    }
    return cells.append("</p>\n").toString();
  }

  private static int level(double probability) {
    int level = 0;
    while (level < LIKELY.length && !(probability >= LIKELY[level])) {
      level++;
    }
    return level;
  }
}
