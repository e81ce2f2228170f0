package rft.display;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.command.Progress;
import rft.run.HtmlText;
import rft.run.NumberText;

/** How far a verb is, on one line. Guarded by its owner. */
final class ProgressLine {
  private final long start = System.nanoTime();
  private Progress.@Nullable Update latest;

  void update(Progress.Update update) {
    latest = update;
  }

  /** Returns a bar; an empty text when the end is not known. */
  static String bar(long done, long total) {
    return total == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "<progress value=\"%d\" max=\"%d\" style=\"width:140px;vertical-align:middle;"
                + "margin-right:8px\"></progress>",
            done,
            total);
  }

  /** Returns the readings, as the verb last reported them. */
  String readings() {
    Progress.Update update = latest;
    List<Progress.Reading> readings = update == null ? List.of() : update.readings();
    return readings.stream()
        .filter(reading -> !reading.name().equals("reward") && !reading.name().equals("validation"))
        .map(ProgressLine::reading)
        .collect(Collectors.joining(", "));
  }

  private static String reading(Progress.Reading reading) {
    if (!Double.isFinite(reading.value())) {
      return reading.name() + " not known";
    }
    if (reading.unit().equals("s")) {
      return RunChart.seconds(reading.value()) + " " + reading.name();
    }
    String unit = reading.unit().isEmpty() ? "" : " " + reading.unit();
    return reading.name() + " " + NumberText.of(reading.value()) + unit;
  }

  /** Returns the line; empty when nothing was reported. */
  Shown shown(boolean goesOn) {
    Progress.Update update = latest;
    if (update == null) {
      return new Shown("", "");
    }
    String of = update.total() == 0 ? "" : " of " + update.total();
    String time = goesOn ? "" : " in " + RunChart.seconds((System.nanoTime() - start) / 1e9);
    String readings =
        update.readings().stream().map(ProgressLine::reading).collect(Collectors.joining(", "));
    String text =
        update.activity()
            + " "
            + update.done()
            + of
            + time
            + (readings.isEmpty() ? "" : ", " + readings);
    String bar = goesOn ? bar(update.done(), update.total()) : "";
    return new Shown("<div>" + bar + HtmlText.escape(text) + "</div>", text);
  }
}
