package rft.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import rft.run.NumberText;

/** The published rules by which the measures of a judge become findings, the weightiest first. */
final class JudgeRules {
  static final double MOST_FAILURES = 0.05;
  static final double LEAST_ORDER_KEPT = 0.80;
  static final double LEAST_SIGNAL = 0.50;
  static final double MOST_PLACE_GAIN = 0.05;
  static final double MOST_PADDING_GAIN = 0.05;
  static final double MOST_LENGTH_CORRELATION = 0.30;
  static final double MOST_FIRST_PREFERENCE = 0.20;
  static final double LEAST_TRUTH_KEPT = 0.75;
  static final double LEAST_KAPPA = 0.40;
  static final double LEAST_RANK_CORRELATION = 0.60;

  private static final String TELLING =
      "judge answers that differ in worth: --data alone sets references beside spoilt copies";

  private final JudgeMeasures measures;
  private final long seed;
  private final List<JudgeFinding> findings = new ArrayList<>();

  JudgeRules(JudgeMeasures measures, long seed) {
    this.measures = measures;
    this.seed = seed;
  }

  void failures(int failed, int verdicts, String first) {
    Share share = Share.of(failed, verdicts);
    findings.add(
        JudgeFinding.atMost(
            "failures",
            MOST_FAILURES,
            new Resampled(share.mean(), share.low(), share.high(), verdicts),
            failed + " of " + verdicts + " got no score" + (failed == 0 ? "" : ", first: " + first),
            failed == verdicts && failed > 0
                ? first
                : "look at one with rft judge ask: it shows what was sent and what came back"));
  }

  void repeats() {
    findings.add(
        JudgeFinding.atLeast(
            "order kept",
            LEAST_ORDER_KEPT,
            measures.ratio(CheckedGroup::orderKept),
            "so often two answers of a group keep their order when they are judged again",
            "ask for fewer, sharper criteria, each number of the scale described; or rank the"
                + " group by one question"));
    JudgeFinding signal =
        JudgeFinding.atLeast(
            "signal",
            LEAST_SIGNAL,
            measures.signal(),
            "so much of the difference within a group is not noise",
            "judge each answer several times and take the mean, or widen the scale: training"
                + " follows the noise else");
    findings.add(measures.alike() ? untold(signal) : signal);
  }

  /** Returns that nothing can be told of a judge to which all answers of a group are alike. */
  private static JudgeFinding untold(JudgeFinding signal) {
    return new JudgeFinding(
        signal.name(),
        JudgeFinding.Status.UNSURE,
        signal.value(),
        signal.bound(),
        signal.limit(),
        "each answer got the same as the others of its group, so nothing can be learnt from them",
        TELLING);
  }

  void bias(boolean worthKnown) {
    findings.add(
        JudgeFinding.within(
            "place in group",
            MOST_PLACE_GAIN,
            measures.ratio(CheckedGroup::earlyGain),
            "so much more an answer gets for standing in the first half of its group",
            "judge each answer on its own, or show them in an order of chance"));
    findings.add(
        JudgeFinding.atMost(
            "padding",
            MOST_PADDING_GAIN,
            measures.ratio(CheckedGroup::paddingGain),
            "so much more an answer gets for an ending that says nothing",
            "say in the prompt that padding costs, and add a part that charges for length"));
    JudgeFinding length =
        JudgeFinding.atMost(
            "length",
            MOST_LENGTH_CORRELATION,
            measures.length(),
            worthKnown
                ? "rank correlation of reward and length among answers of equal worth"
                : "rank correlation of reward and length; longer ones may be better, their worth"
                    + " is not known",
            "say in the prompt that length is no merit, and watch the length while training");
    findings.add(worthKnown ? length : onlySaid(length));
  }

  /** Returns a finding that decides nothing. */
  private static JudgeFinding onlySaid(JudgeFinding finding) {
    return new JudgeFinding(
        finding.name(),
        JudgeFinding.Status.SKIPPED,
        finding.value(),
        null,
        "no rule without truth",
        finding.said(),
        "give --truth R to compare answers of equal worth only");
  }

  void pairs(PairOrders.Preferences pairs) {
    double[] preferences = pairs.preferences().stream().mapToDouble(p -> p).toArray();
    double[] ones = new double[preferences.length];
    Arrays.fill(ones, 1);
    long fixed = Arrays.stream(preferences).filter(p -> p != 0).count();
    String missing =
        pairs.missing() == 0
            ? ""
            : "; " + pairs.missing() + " could not be compared, first: " + pairs.failure();
    findings.add(
        JudgeFinding.within(
            "first of two",
            MOST_FIRST_PREFERENCE,
            Resampled.ratio(preferences, ones, seed),
            "preference of the model for the first of two answers; in "
                + fixed
                + " of "
                + preferences.length
                + " pairs the order decided"
                + missing,
            "compare in both orders and count a change of mind as a tie, as Judge.compares does"));
  }

  void truth() {
    JudgeFinding finding =
        JudgeFinding.atLeast(
            "true order",
            LEAST_TRUTH_KEPT,
            measures.ratio(CheckedGroup::truthKept),
            "so often the better of two answers of a group gets more; a tie counts half",
            "the judge rewards something else than what you want: show it the reference, or change"
                + " its criteria");
    if (finding.status() != JudgeFinding.Status.SKIPPED) {
      findings.add(finding);
    }
  }

  void labels(JudgeMeasures labelled) {
    JudgeMeasures.Columns columns =
        JudgeMeasures.agreement(labelled.means(), labelled.worths(), seed);
    findings.add(
        JudgeFinding.atLeast(
            "people",
            LEAST_KAPPA,
            columns.weighted(),
            "weighted kappa with the labels"
                + scale(labelled.worths())
                + "; unweighted "
                + columns.plain().text()
                + ", Spearman "
                + columns.spearman().text(),
            "read the answers on which you differ, and put what decides for you into the prompt"));
  }

  /** Returns what the judge's 0 to 1 is taken for, where labels have a scale of their own. */
  private static String scale(double... labels) {
    double low = Arrays.stream(labels).min().orElse(0);
    double high = Arrays.stream(labels).max().orElse(1);
    return low >= 0 && high <= 1
        ? ""
        : ", whose "
            + NumberText.of(low)
            + " to "
            + NumberText.of(high)
            + " is taken for its 0 to 1";
  }

  void other(double... theirs) {
    JudgeMeasures.Columns columns = JudgeMeasures.agreement(measures.means(), theirs, seed);
    findings.add(
        JudgeFinding.atLeast(
            "other judge",
            LEAST_RANK_CORRELATION,
            columns.spearman(),
            "Spearman with the other judge; weighted kappa "
                + columns.weighted().text()
                + ", unweighted "
                + columns.plain().text(),
            "label twenty answers yourself (--labels FILE) to see which of the two is right"));
  }

  List<JudgeFinding> findings() {
    return List.copyOf(findings);
  }

  private List<JudgeFinding> with(JudgeFinding.Status status) {
    return findings.stream().filter(finding -> finding.status() == status).toList();
  }

  JudgeReport.Outcome outcome() {
    if (!with(JudgeFinding.Status.FAILED).isEmpty()) {
      return JudgeReport.Outcome.FAULT_FOUND;
    }
    return with(JudgeFinding.Status.UNSURE).isEmpty() && !with(JudgeFinding.Status.PASSED).isEmpty()
        ? JudgeReport.Outcome.NO_FAULT_FOUND
        : JudgeReport.Outcome.NOT_SURE;
  }

  /** Returns the one thing to do now. */
  String next() {
    List<JudgeFinding> failed = with(JudgeFinding.Status.FAILED);
    if (!failed.isEmpty()) {
      return failed.get(0).advice();
    }
    if (outcome() == JudgeReport.Outcome.NOT_SURE && measures.alike()) {
      return TELLING;
    }
    if (outcome() == JudgeReport.Outcome.NOT_SURE) {
      List<JudgeFinding> unsure = with(JudgeFinding.Status.UNSURE);
      return "judge more answers (--limit)"
          + (unsure.isEmpty() ? "" : ": they are too few to tell " + unsure.get(0).name());
    }
    return "train with it, and keep a check that is no model beside it";
  }
}
