package rft.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import rft.command.Verbs;

/** The list of verbs, all or one group, under their headings. */
final class HelpPage {
  private final List<Verbs.Entry> verbs;

  private HelpPage(List<Verbs.Entry> verbs) {
    this.verbs = verbs;
  }

  static HelpPage of(List<Verbs.Entry> verbs) {
    return new HelpPage(verbs);
  }

  void print(Terminal terminal) {
    terminal.print(Line.of(Style.BOLD, "rft").plus(": fine-tune language models with rewards"));
    terminal.line("");
    terminal.line("Usage: rft VERB [--help] [--json] [--verbose] ...");
    int width = verbs.stream().mapToInt(verb -> verb.name().length()).max().orElse(0);
    Set<String> headings = new LinkedHashSet<>();
    verbs.forEach(verb -> headings.add(verb.heading()));
    for (String heading : headings) {
      terminal.line("");
      terminal.print(Line.of(Style.BOLD, heading));
      for (Verbs.Entry verb : verbs) {
        if (verb.heading().equals(heading)) {
          String pad = " ".repeat(width - verb.name().length() + 2);
          terminal.line("  " + verb.name() + pad + verb.summary());
        }
      }
    }
    terminal.line("");
    terminal.line("Help with an example for each: rft VERB --help");
    terminal.line("Exit codes: 0 ok, 1 failed, 2 usage, 3 diverged, 4 not found, 5 no sandbox,");
    terminal.line("130 interrupted. RFT_HOME (default ~/.rft) holds runs and models.");
  }
}
