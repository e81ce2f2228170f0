package rft.display;

import java.util.List;
import java.util.Locale;
import rft.command.AnswerSight;
import rft.command.GroupInspection;
import rft.command.GroupSight;
import rft.command.PartSight;
import rft.command.RolloutSight;
import rft.command.TokenColour;
import rft.run.HtmlText;
import rft.run.NumberText;

/** Shows groups of rollouts: the question, and under it every answer, best first. */
final class GroupView {
  private static final int MOST_CHARACTERS = 20_000;
  private static final String RULE = "border-top:1px solid rgba(128,128,128,0.25);";

  private final GroupInspection inspection;
  private final TokenPage page;

  private GroupView(GroupInspection inspection) {
    this.inspection = inspection;
    boolean tokens = any(inspection, answer -> !answer.tokens().isEmpty());
    boolean others =
        any(inspection, a -> a.tokens().stream().anyMatch(t -> t.otherLogProb() != null));
    this.page =
        !tokens
            ? new TokenPage(TokenColour.ADVANTAGE)
            : others
                ? new TokenPage(inspection.colour(), TokenShade.values())
                : new TokenPage(
                    inspection.colour(),
                    TokenShade.PUSH,
                    TokenShade.ADVANTAGE,
                    TokenShade.LOG_PROB,
                    TokenShade.ENTROPY);
  }

  private static boolean any(
      GroupInspection inspection, java.util.function.Predicate<AnswerSight> wanted) {
    return inspection.groups().stream()
        .flatMap(group -> group.rollouts().stream())
        .anyMatch(rollout -> wanted.test(rollout.answer()));
  }

  static Shown of(GroupInspection inspection) {
    GroupView view = new GroupView(inspection);
    inspection.groups().forEach(view::group);
    inspection.notes().forEach(note -> view.page.add(Sheet.note(note)));
    return new Shown(view.heading() + view.page.html(), inspection.text().orElse(""));
  }

  private String heading() {
    StringBuilder html = new StringBuilder("<div style=\"margin:2px 0 4px\"><strong>");
    html.append(HtmlText.escape(inspection.source())).append("</strong> <span style=\"");
    html.append(Sheet.SOFT).append("\">").append(HtmlText.escape(inspection.choice()));
    html.append(", scored by ").append(HtmlText.escape(inspection.reward()));
    html.append("</span></div>");
    if (inspection.reweighted()) {
      html.append("<div style=\"margin:0 0 4px;padding:3px 8px;border-left:3px solid ");
      html.append(Tone.WARNING.hex()).append("\">What if the weights were ");
      html.append(weights(inspection.weights())).append("? In training they were ");
      html.append(weights(inspection.trained())).append(".</div>");
    }
    return html.toString();
  }

  private static String weights(java.util.Map<String, Double> weights) {
    StringBuilder html = new StringBuilder("<code>");
    weights.forEach(
        (name, weight) ->
            html.append(html.length() > 6 ? ", " : "")
                .append(HtmlText.escape(name))
                .append("=")
                .append(NumberText.of(weight)));
    return html.append(weights.isEmpty() ? "unknown" : "").append("</code>").toString();
  }

  private void group(GroupSight group) {
    List<List<RolloutSight>> distinct = group.distinct();
    page.add("<div style=\"margin:8px 0 12px\">");
    page.add(Question.html(group.prompt(), group.reference()));
    page.add(
        "<div style=\"%s;font-size:12px;margin:4px 0\">step %d, task %s: %s, %d different; mean reward %s, spread %s</div>"
            .formatted(
                Sheet.SOFT,
                group.step(),
                HtmlText.escape(group.taskId()),
                NumberText.counted(group.rollouts().size(), "rollout"),
                distinct.size(),
                number(group.mean()),
                number(group.spread())));
    double most = 0;
    double widest = 0;
    for (RolloutSight rollout : group.rollouts()) {
      most = Math.max(most, Math.abs(rollout.advantage()));
      for (PartSight part : rollout.parts()) {
        Double contribution = part.contribution();
        widest = Math.max(widest, contribution == null ? 0 : Math.abs(contribution));
      }
    }
    page.add(head());
    for (List<RolloutSight> same : distinct) {
      row(same, most, widest);
    }
    page.add("</div>");
  }

  private void row(List<RolloutSight> same, double most, double widest) {
    RolloutSight rollout = same.get(0);
    page.add("<div style=\"display:flex;padding:5px 0;" + RULE + "\">");
    page.add(column(190)).add(reward(rollout)).add(parts(rollout, widest)).add("</div>");
    page.add(column(110)).add(advantage(rollout, most)).add("</div>");
    page.add("<div style=\"flex:1 1 auto;min-width:0;font-size:14px\">");
    page.tokens(rollout.answer(), rollout.advantage(), most, 0);
    page.add(remark(same)).add("</div></div>");
  }

  private static String column(int width) {
    return "<div style=\"flex:0 0 %dpx;min-width:%dpx;padding-right:12px\">"
        .formatted(width, width);
  }

  private static String head() {
    return "<div style=\"display:flex;font-size:12px;"
        + Sheet.SOFT
        + "\">"
        + column(190)
        + "reward and its parts</div>"
        + column(110)
        + "advantage</div><div style=\"flex:1 1 auto\">answer</div></div>";
  }

  private static String reward(RolloutSight rollout) {
    Double reward = rollout.answer().reward();
    String big = reward == null ? "no reward" : String.format(Locale.ROOT, "%.3f", reward);
    RolloutSight.Before before = rollout.before();
    return "<div><strong>"
        + big
        + "</strong>"
        + (before == null ? "" : was(number(before.reward()) + ", rank " + before.rank()))
        + "</div>";
  }

  private static String advantage(RolloutSight rollout, double most) {
    RolloutSight.Before before = rollout.before();
    return "<div>"
        + signed(rollout.advantage())
        + (before == null ? "" : was(signed(before.advantage())))
        + "</div>"
        + Bars.beside(rollout.advantage(), most, 46);
  }

  /** Returns what a value was in training. */
  private static String was(String value) {
    return " <span style=\"%s;font-size:11px;white-space:nowrap\">was %s</span>"
        .formatted(Sheet.SOFT, value);
  }

  private static String parts(RolloutSight rollout, double widest) {
    StringBuilder html = new StringBuilder();
    for (PartSight part : rollout.parts()) {
      Double contribution = part.contribution();
      Double weight = part.weight();
      boolean bar = contribution != null && weight != null && weight != 0;
      html.append("<div style=\"font-size:11px;line-height:15px;white-space:nowrap\" title=\"");
      html.append(HtmlText.escape(arithmetic(part))).append("\">");
      html.append("<span style=\"display:inline-block;width:76px;overflow:hidden;");
      html.append("text-overflow:ellipsis;vertical-align:middle;").append(Sheet.SOFT).append("\">");
      html.append(HtmlText.escape(part.name(), 40)).append("</span>");
      if (bar && contribution != null) {
        long width = widest == 0 ? 0 : Math.round(50 * Math.abs(contribution) / widest);
        html.append(Bars.box(Math.max(1, width), 7, contribution < 0 ? Bars.DOWN : Bars.UP));
        html.append(" ").append(NumberText.of(contribution));
      } else {
        html.append("<span style=\"").append(Sheet.SOFT).append("\">");
        html.append(NumberText.of(part.value())).append(contribution == null ? "" : " (metric)");
        html.append("</span>");
      }
      html.append("</div>");
    }
    return html.toString();
  }

  private static String arithmetic(PartSight part) {
    Double weight = part.weight();
    Double contribution = part.contribution();
    String value = part.name() + ": value " + NumberText.of(part.value());
    return weight == null || contribution == null
        ? value
        : value + " x weight " + NumberText.of(weight) + " = " + NumberText.of(contribution);
  }

  private static String remark(List<RolloutSight> same) {
    AnswerSight answer = same.get(0).answer();
    StringBuilder html = new StringBuilder("<div style=\"font-size:12px;");
    html.append(Sheet.SOFT).append("\">");
    if (same.size() > 1) {
      html.append("<span style=\"border:1px solid rgba(128,128,128,0.5);border-radius:8px;");
      html.append("padding:0 6px;font-weight:bold\">x").append(same.size()).append("</span> ");
    }
    html.append(NumberText.counted(answer.length(), "token"));
    if (answer.cut()) {
      html.append(", <span style=\"color:").append(Tone.WARNING.hex()).append("\">cut off</span>");
    }
    html.append(answer.reason().isEmpty() ? "" : "; ");
    return html.append(HtmlText.escape(answer.reason(), MOST_CHARACTERS))
        .append("</div>")
        .toString();
  }

  private static String number(@org.jspecify.annotations.Nullable Double value) {
    return value == null ? "none" : NumberText.of(value);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.2f", value);
  }
}
