package rft.magic;

import java.util.stream.Collectors;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import rft.cell.CellError;
import rft.run.HtmlText;

/** An error that is shown as an output, because its cell ended long ago. */
final class FailureText {
  private FailureText() {}

  static DisplayData bundle(CellError error) {
    String text =
        error.traceback().stream()
            .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
            .collect(Collectors.joining("\n"));
    DisplayData bundle = new DisplayData(text);
    bundle.putHTML("<pre style=\"color:#d1483f\">" + HtmlText.escape(text) + "</pre>");
    return bundle;
  }
}
