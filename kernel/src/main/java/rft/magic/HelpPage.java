package rft.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import rft.display.MagicForm;
import rft.display.Shown;
import rft.run.HtmlText;

/**
 * What a magic does, how it is called and an example to copy: the same as HTML and as text, from
 * the options that the magic itself declares.
 */
final class HelpPage {
  private static final String SOFT = "color:#7b838c";

  private final StringBuilder html = new StringBuilder();
  private final StringBuilder text = new StringBuilder();

  private HelpPage() {}

  /** Returns the page of one magic. */
  static Shown of(CommandSpec spec) {
    HelpPage page = new HelpPage();
    page.heading(spec.name(), summary(spec));
    page.code("Usage", List.of(usage(spec)));
    List<String> examples = examples(spec);
    if (!examples.isEmpty()) {
      page.code(examples.size() == 1 ? "Example" : "Examples", examples);
    }
    page.rows("Arguments", arguments(spec));
    page.rows("Options", options(spec));
    return page.shown();
  }

  /** Returns the page of one argument of a magic. */
  static Shown ofOption(CommandSpec spec, ArgSpec option) {
    HelpPage page = new HelpPage();
    page.heading(spec.name() + " " + label(option), description(option));
    List<String> values = OptionValues.of(option, option.type());
    if (!values.isEmpty()) {
      page.note("Values: " + String.join(", ", values));
    }
    List<String> examples = examples(spec);
    if (!examples.isEmpty()) {
      page.code("Example", examples);
    }
    return page.shown();
  }

  /** Returns a list of magics under headings. */
  static Shown ofAll(String title, Map<String, List<List<String>>> sections, String note) {
    HelpPage page = new HelpPage();
    page.heading(title, "");
    sections.forEach(page::rows);
    page.note(note);
    return page.shown();
  }

  static String summary(CommandSpec spec) {
    return plain(String.join(" ", spec.usageMessage().description()));
  }

  /** Returns the examples in the form that a cell takes. */
  static List<String> examples(CommandSpec spec) {
    List<String> examples = new ArrayList<>();
    for (String line : spec.usageMessage().footer()) {
      String example = MagicForm.of(plain(line).stripTrailing());
      if (!example.isBlank()) {
        examples.add(example.startsWith("  ") ? example.substring(2) : example);
      }
    }
    return examples;
  }

  private static String usage(CommandSpec spec) {
    StringBuilder usage = new StringBuilder(spec.name());
    for (ArgSpec argument : spec.positionalParameters()) {
      usage.append(' ').append(argument.required() ? label(argument) : "[" + label(argument) + "]");
    }
    spec.options().stream()
        .filter(OptionSpec::required)
        .forEach(option -> usage.append(' ').append(label(option)));
    return usage + (spec.options().size() > 1 ? " [--option value ..]" : "");
  }

  private static List<List<String>> arguments(CommandSpec spec) {
    return spec.positionalParameters().stream()
        .map(argument -> List.of(label(argument), description(argument)))
        .toList();
  }

  private static List<List<String>> options(CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> !option.hidden())
        .map(option -> List.of(label(option), description(option)))
        .toList();
  }

  private static String label(ArgSpec argument) {
    if (argument instanceof OptionSpec option) {
      boolean takesValue = option.arity().max() > 0;
      return option.longestName() + (takesValue ? " " + option.paramLabel() : "");
    }
    return argument.paramLabel();
  }

  private static String description(ArgSpec argument) {
    return plain(String.join(" ", argument.description()));
  }

  private static String plain(String text) {
    return MagicForm.of(text.replaceAll("%n(?![a-z])", "\n").replace("%%", "%"));
  }

  private void heading(String title, String remark) {
    html.append("<div><strong>").append(HtmlText.escape(title)).append("</strong>");
    html.append(remark.isEmpty() ? "" : ": " + HtmlText.escape(remark)).append("</div>");
    text.append(title).append(remark.isEmpty() ? "" : ": " + remark).append('\n');
  }

  private void note(String note) {
    html.append("<div style=\"").append(SOFT).append("\">").append(HtmlText.escape(note));
    html.append("</div>");
    text.append(note).append('\n');
  }

  private void code(String title, List<String> lines) {
    html.append("<div style=\"").append(SOFT).append("\">").append(title).append("</div><pre>");
    html.append(HtmlText.escape(String.join("\n", lines))).append("</pre>");
    text.append('\n').append(title).append(":\n");
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
  }

  private void rows(String title, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    int width = rows.stream().mapToInt(row -> row.get(0).length()).max().orElse(0);
    html.append("<div style=\"").append(SOFT).append("\">").append(HtmlText.escape(title));
    html.append("</div><table style=\"text-align:left\"><tbody>");
    text.append('\n').append(title).append(":\n");
    for (List<String> row : rows) {
      html.append("<tr><td style=\"text-align:left;vertical-align:top\"><code>");
      html.append(HtmlText.escape(row.get(0))).append("</code></td><td style=\"text-align:left\">");
      html.append(HtmlText.escape(row.get(1))).append("</td></tr>");
      text.append("  ").append(row.get(0)).append(" ".repeat(width - row.get(0).length() + 2));
      text.append(row.get(1)).append('\n');
    }
    html.append("</tbody></table>");
  }

  private Shown shown() {
    return new Shown(html.toString(), text.toString().stripTrailing());
  }
}
