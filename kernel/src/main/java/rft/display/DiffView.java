package rft.display;

import rft.command.AnswerSight;
import rft.command.DiffInspection;
import rft.run.HtmlText;
import rft.run.NumberText;

/** Shows two checkpoints side by side, and where each pair of answers parts. */
final class DiffView {
  private final DiffInspection diff;
  private final TokenPage page;

  private DiffView(DiffInspection diff) {
    this.diff = diff;
    this.page =
        new TokenPage(diff.colour(), TokenShade.KL, TokenShade.LOG_PROB, TokenShade.ENTROPY);
  }

  static Shown of(DiffInspection diff) {
    DiffView view = new DiffView(diff);
    diff.tasks().forEach(view::task);
    return new Shown(view.heading() + view.page.html(), diff.text().orElse(""));
  }

  private String heading() {
    return "<div style=\"margin:2px 0 4px\"><strong>%s</strong> beside <strong>%s</strong> <span style=\"%s\">%s x %s with the same draws, scored by %s: mean reward %.3f and %.3f</span></div>"
        .formatted(
            HtmlText.escape(diff.left()),
            HtmlText.escape(diff.right()),
            Sheet.SOFT,
            NumberText.counted(diff.asked(), "task"),
            NumberText.counted(diff.samples(), "answer"),
            HtmlText.escape(diff.reward()),
            diff.leftMean(),
            diff.rightMean());
  }

  private void task(DiffInspection.TaskPair task) {
    page.add("<div style=\"margin:8px 0 12px\">")
        .add(Question.html(task.prompt(), task.reference()));
    page.add(
        "<div style=\"%s;font-size:12px;margin:4px 0\">task %s; tokens both begin with are faint, a red edge marks where they part</div>"
            .formatted(Sheet.SOFT, HtmlText.escape(task.taskId())));
    page.add(SideBySide.head(diff.left(), diff.right()));
    for (DiffInspection.Pair pair : task.pairs()) {
      page.add(SideBySide.OPEN_ROW).add(SideBySide.OPEN_SIDE);
      side(pair.left(), pair);
      page.add("</div>").add(SideBySide.OPEN_SIDE);
      if (pair.same()) {
        page.add("<span style=\"" + Sheet.SOFT + "\">the same, token by token</span>");
      } else {
        side(pair.right(), pair);
      }
      page.add("</div></div>");
    }
    page.add("</div>");
  }

  private void side(AnswerSight answer, DiffInspection.Pair pair) {
    page.add(SideBySide.reward(answer));
    page.tokens(answer, 0, 0, pair.same() ? 0 : pair.common());
    page.add(SideBySide.remark(answer));
  }
}
