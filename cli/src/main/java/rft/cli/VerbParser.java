package rft.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import rft.command.Verb;
import rft.command.Verbs;

/** Makes the picocli parser of one verb: the options are the verb's own, the manners are ours. */
final class VerbParser {
  private static final int WIDEST_HELP = 100;

  private VerbParser() {}

  static CommandLine of(Verbs.Entry entry, Verb<?> verb, Terminal terminal) {
    CommandLine parser = new CommandLine(verb);
    parser.addMixin("output", new OutputOptions());
    parser.getCommandSpec().name("rft " + entry.name());
    parser.setExpandAtFiles(false);
    parser.setCaseInsensitiveEnumValuesAllowed(true);
    parser.setUsageHelpWidth(Math.min(WIDEST_HELP, terminal.screen().width()));
    CommandLine.Model.UsageMessageSpec help = parser.getCommandSpec().usageMessage();
    help.parameterListHeading("%n");
    help.optionListHeading("%n");
    help.footerHeading("%nExample:%n");
    help.sortOptions(false);
    return parser;
  }

  static ColorScheme colors(Terminal terminal) {
    return CommandLine.Help.defaultColorScheme(terminal.colored() ? Ansi.ON : Ansi.OFF);
  }
}
