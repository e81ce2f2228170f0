package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class VerbsTest {
  private static final int WIDTH = 80;
  private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");

  @Test
  void namesAreUniqueAndOfOneOrTwoWords() {
    List<String> names = Verbs.all().stream().map(Verbs.Entry::name).toList();
    assertEquals(names.size(), names.stream().distinct().count());
    names.forEach(name -> assertTrue(name.matches("[a-z]+( [a-z]+)?"), name));
  }

  @Test
  void noVerbIsAlsoAGroup() {
    Verbs.all().forEach(entry -> assertTrue(Verbs.named(entry.group()).isEmpty(), entry.name()));
  }

  @Test
  void everySummaryIsOneSentenceThatFitsTheLine() {
    int longest = Verbs.all().stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
    for (Verbs.Entry entry : Verbs.all()) {
      assertTrue(longest + 4 + entry.summary().length() <= WIDTH, entry.summary());
      assertTrue(entry.summary().endsWith("."), entry.summary());
    }
  }

  @Test
  void onlyATrainingSaysThatItSavesWhatWasDone() {
    String saving = "Stopping: the work done so far is being saved.";
    assertEquals(saving, new Train().stopping());
    assertEquals(saving, new RunsResume().stopping());
    assertEquals("Stopping.", new Evaluate().stopping());
    assertEquals("Stopping.", new Compare().stopping());
  }

  @Test
  void theExampleOfEveryVerbCanBeParsed() throws ReflectiveOperationException {
    for (Verbs.Entry entry : Verbs.all()) {
      String[] examples = entry.type().getAnnotation(Command.class).footer();
      assertTrue(examples.length > 0, entry.name() + " shows no example");
      for (String example : examples) {
        String start = "  rft " + entry.name();
        assertTrue(example.startsWith(start), example);
        assertTrue(example.length() <= 80, "help breaks it in two, none to copy: " + example);
        String rest = example.substring(start.length()).replace("--json", "").strip();
        Verb<?> verb = entry.type().getConstructor().newInstance();
        String[] words =
            WORD.matcher(rest)
                .results()
                .map(w -> w.group().replace("\"", ""))
                .toArray(String[]::new);
        new CommandLine(verb).parseArgs(words);
      }
    }
  }
}
