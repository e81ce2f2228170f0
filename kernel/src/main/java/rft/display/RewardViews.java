package rft.display;

import java.util.Locale;
import java.util.stream.Collectors;
import rft.command.RewardExport;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.RewardUnit;
import rft.reward.Rubric;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.run.NumberText;

/** Shows rewards and what they said. */
final class RewardViews {
  private RewardViews() {}

  /** Returns a verdict on one line. */
  static String sentence(Verdict verdict) {
    return verdict.fold(
        RewardViews::sentence, RewardViews::sentence, failure -> "failed: " + detail(failure));
  }

  private static String sentence(Score score) {
    String parts =
        score.parts().entrySet().stream()
            .map(part -> part.getKey() + " " + NumberText.of(part.getValue()))
            .collect(Collectors.joining(", ", " (", ")"));
    String reason = score.reason();
    return NumberText.of(score.value())
        + (score.parts().isEmpty() ? "" : parts)
        + (reason == null ? "" : "  " + reason);
  }

  private static String sentence(Abstain abstain) {
    return "abstained: " + abstain.reason();
  }

  private static String detail(Failure failure) {
    String kind = failure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return kind + ", " + failure.detail();
  }

  /** Returns the value of a verdict alone, or that it has none, as one cell of a table. */
  static Object value(Verdict verdict) {
    return verdict.<Object>fold(
        score -> score.value(),
        abstain -> Tone.NEUTRAL.word("abstained"),
        failure -> Tone.BAD.word("failed"));
  }

  /** Returns what a verdict says beside its value. */
  static String remark(Verdict verdict) {
    return verdict.fold(
        score -> {
          String text = sentence(score);
          return text.substring(NumberText.of(score.value()).length()).strip();
        },
        abstain -> abstain.reason(),
        RewardViews::detail);
  }

  static Shown verdict(Verdict verdict) {
    if (!(verdict instanceof Score score)) {
      Tone tone = verdict instanceof Failure ? Tone.BAD : Tone.NEUTRAL;
      return tone.word(sentence(verdict));
    }
    Page page = new Page().heading("reward " + NumberText.of(score.value()), "");
    if (!score.parts().isEmpty()) {
      Sheet parts = new Sheet("part", "value");
      score.parts().forEach(parts::row);
      page.add(parts);
    }
    if (score.reason() != null) {
      page.say(score.reason());
    }
    if (score.costUsd() > 0) {
      page.note("cost " + NumberText.of(score.costUsd()) + " US dollars");
    }
    return page.shown();
  }

  static Shown unit(RewardUnit unit) {
    Sheet about = new Sheet().row("SHA-256", unit.sha256());
    if (!unit.dependencies().isEmpty()) {
      about.row("libraries", String.join(", ", unit.dependencies()));
    }
    return new Page()
        .heading("reward " + unit.name(), "")
        .add(about)
        .folded("Source", new Page().block(unit.source()).shown())
        .shown();
  }

  static Shown rubric(Rubric rubric) {
    Sheet parts = new Sheet("part", "weight", "");
    for (Rubric.Part part : rubric.parts()) {
      parts.row(part.name(), part.weight(), part.weight() == 0 ? "metric, not rewarded" : "");
    }
    return new Page()
        .heading("rubric", NumberText.counted(rubric.parts().size(), "part"))
        .add(parts)
        .shown();
  }

  static Shown completion(Completion completion) {
    String length =
        completion.tokenCount() == 0
            ? ""
            : NumberText.counted(completion.tokenCount(), "token") + ", ";
    Page page =
        new Page()
            .heading("completion", length + "ends by " + completion.finishReason().jsonName())
            .block(completion.text());
    completion
        .toolCalls()
        .forEach(call -> page.say("calls " + call.name() + "(" + call.arguments() + ")"));
    return page.shown();
  }

  static Shown exported(RewardExport.Written written) {
    Sheet sheet = new Sheet("form", "file", "bytes", "SHA-256", "handler");
    for (RewardExport.WrittenFile file : written.files()) {
      String handler = file.handler();
      sheet.row(
          file.form(),
          file.file(),
          file.bytes(),
          file.sha256().substring(0, 12),
          handler == null ? "" : handler);
    }
    return new Page().heading("reward " + written.reward(), "").add(sheet).shown();
  }
}
