package rft.command;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rft.reward.Verdict;
import rft.run.NumberText;
import rft.run.PrintableText;

/** What became of a reward's examples, in plain text: each that fails, then the sum. */
final class TestText {
  private static final int LONGEST = 400;

  private final StringBuilder text = new StringBuilder();

  private TestText() {}

  static String of(RewardTest.Report report) {
    TestText page = new TestText();
    report.failures().forEach(page::failure);
    int failed = report.failures().size();
    int all = report.rows().size();
    if (report.added() != null) {
      page.line(
          "added to "
              + report.added()
              + (failed == 0 ? "; the reward passes it" : "; the reward fails it now"));
    } else {
      page.line(
          "reward %s %.12s: %d of %d examples pass"
              .formatted(report.reward(), report.sha256(), all - failed, all));
    }
    return page.text.toString().stripTrailing();
  }

  private void failure(RewardTest.Row row) {
    line("FAILED  " + row.from() + "  " + row.id());
    field("expected", row.expected());
    field("got", said(row.verdict()));
    field("prompt", row.prompt());
    field("reference", row.reference());
    field("completion", row.completion().isEmpty() ? "(empty)" : row.completion());
    field("why", row.why());
    line("");
  }

  private void field(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      String cut = value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "..";
      line("  %-10s  %s".formatted(name, PrintableText.line(cut)));
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** Returns a verdict in words that compare with an expectation's. */
  static String said(Verdict verdict) {
    return verdict.fold(
        score -> NumberText.of(score.value()) + because(score.reason()),
        abstain -> "abstain" + because(abstain.reason()),
        failure ->
            "failure "
                + failure.kind().name().toLowerCase(Locale.ROOT)
                + because(failure.detail()));
  }

  private static String because(@Nullable String reason) {
    return reason == null || reason.isEmpty() ? "" : " (" + reason + ")";
  }
}
