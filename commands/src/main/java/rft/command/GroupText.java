package rft.command;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.run.NumberText;
import rft.run.PrintableText;

/** Groups of rollouts in plain text. */
final class GroupText {
  private final StringBuilder text = new StringBuilder();

  private GroupText() {}

  static String of(GroupInspection inspection) {
    GroupText page = new GroupText();
    page.line(
        inspection.source() + ", " + inspection.choice() + ", scored by " + inspection.reward());
    if (inspection.reweighted()) {
      page.line(
          "weights "
              + weights(inspection.weights())
              + ", in training "
              + weights(inspection.trained()));
    } else if (!inspection.weights().isEmpty()) {
      page.line("weights " + weights(inspection.weights()));
    }
    inspection.groups().forEach(page::group);
    inspection.notes().forEach(note -> page.line("note: " + note));
    return page.text.toString().stripTrailing();
  }

  /** Returns weights as they are typed. */
  static String weights(Map<String, Double> weights) {
    return weights.isEmpty()
        ? "unknown"
        : weights.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + number(entry.getValue()))
            .collect(Collectors.joining(","));
  }

  private void group(GroupSight group) {
    line("");
    line(
        "step "
            + group.step()
            + ", task "
            + group.taskId()
            + ", "
            + NumberText.counted(group.rollouts().size(), "rollout")
            + ", mean reward "
            + number(group.mean())
            + ", spread "
            + number(group.spread()));
    block("  ", group.prompt());
    if (group.reference() != null) {
      block("  reference: ", group.reference());
    }
    line("   reward  advantage  tokens  answer");
    for (List<RolloutSight> same : group.distinct()) {
      rollout(same);
    }
  }

  private void rollout(List<RolloutSight> same) {
    RolloutSight first = same.get(0);
    AnswerSight answer = first.answer();
    StringBuilder line = new StringBuilder();
    line.append(
        "  %7s  %+9.3f  %6d  ".formatted(answer.rewardText(), first.advantage(), answer.length()));
    line.append(PrintableText.line(answer.text()));
    line.append(answer.cut() ? " [cut]" : "").append(same.size() > 1 ? "  x" + same.size() : "");
    line(line.toString());
    String detail = detail(first);
    if (!detail.isEmpty()) {
      line("                              " + detail);
    }
  }

  private static String detail(RolloutSight rollout) {
    String parts = rollout.parts().stream().map(GroupText::part).collect(Collectors.joining(", "));
    RolloutSight.Before before = rollout.before();
    String was =
        before == null
            ? ""
            : "was rank %d, reward %s, advantage %+.3f"
                .formatted(before.rank(), number(before.reward()), before.advantage());
    return java.util.stream.Stream.of(parts, rollout.answer().reason(), was)
        .filter(each -> !each.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** Returns a part as its contribution, with the arithmetic behind it. */
  private static String part(PartSight part) {
    String value = part.name() + " " + number(part.value());
    if (part.weight() == null) {
      return value;
    }
    return part.weight() == 0
        ? value + " (metric)"
        : value + " x " + number(part.weight()) + " = " + number(part.contribution());
  }

  static String number(@Nullable Double value) {
    return value == null ? "none" : rft.run.NumberText.of(Objects.requireNonNull(value));
  }

  private void line(String line) {
    text.append(PrintableText.line(line)).append('\n');
  }

  private void block(String lead, String written) {
    String indent = lead;
    for (String each : written.split("\n", -1)) {
      line(indent + each);
      indent = " ".repeat(lead.length());
    }
  }
}
