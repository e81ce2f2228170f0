package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.command.Verbs;

/** What the pages at the root of the repository say is so. */
final class DocsTest {
  private static final Path ROOT = Path.of(System.getProperty("rft.root", ".."));
  private static final Pattern COMMAND = Pattern.compile("(?:\\./|`)rft ([a-z]+(?: [a-z]+)?)");
  private static final Pattern LINK = Pattern.compile("\\]\\(((?!http)[^)#]+)\\)");

  /** Verbs that the launcher carries out itself. */
  private static final Set<String> OF_THE_LAUNCHER = Set.of("build");

  /** A dataset with the two faults that README.md shows. */
  private static final String NOTES =
      """
      {"messages":[{"role":"user","content":"1+1"}],"reference_answer":"2"}
      {"messages":[]}
      {"messages":[{"role":"usr","content":"q"}]}
      """;

  @TempDir Path folder;

  @Test
  void everyCommandInThePagesExists() throws IOException {
    for (Path page : pages()) {
      Matcher command = COMMAND.matcher(Files.readString(page));
      while (command.find()) {
        String words = command.group(1);
        String first = words.split(" ")[0];
        assertTrue(
            OF_THE_LAUNCHER.contains(first)
                || Verbs.named(words).isPresent()
                || Verbs.named(first).isPresent(),
            page + ": rft " + words);
      }
    }
  }

  @Test
  void everyVerbIsInTheTableOfCommands() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    for (Verbs.Entry verb : Verbs.all()) {
      assertTrue(
          readme.contains("| `rft " + verb.name() + " ")
              || readme.contains("| `rft " + verb.name() + "`"),
          verb.name());
    }
  }

  @Test
  void theTreeOfTheReadmeNamesEveryModuleAndNothingThatIsNotThere() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String tree = readme.substring(readme.indexOf("## The tree"), readme.indexOf("## Reading"));
    Matcher module =
        Pattern.compile("<module>(.+)</module>").matcher(Files.readString(ROOT.resolve("pom.xml")));
    while (module.find()) {
      assertTrue(tree.contains("\n    " + module.group(1) + "/"), module.group(1));
    }
    Matcher named = Pattern.compile("\n    ([a-z-]+(?:/[a-z-]+)*/) ").matcher(tree);
    while (named.find()) {
      assertTrue(Files.isDirectory(ROOT.resolve(named.group(1))), named.group(1));
    }
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        assertTrue(
            Files.exists(page.resolveSibling(link.group(1))), page + " links to " + link.group(1));
      }
    }
  }

  @Test
  void theTranscriptsOfTheReadmeAreWhatIsPrinted() throws IOException {
    Path notes = Files.writeString(folder.resolve("notes.jsonl"), NOTES);
    String readme = Files.readString(ROOT.resolve("README.md"));
    Matcher transcript =
        Pattern.compile("\n    \\$ \\./rft ([^\n]+)\n((?:    [^\n]+\n)+)").matcher(readme);
    int found = 0;
    while (transcript.find()) {
      Screenshot screen = Screenshot.plain();
      String arguments =
          transcript
              .group(1)
              .replace("notes.jsonl", notes.toString())
              .replace("datasets/", ROOT.resolve("datasets") + "/");
      screen.shell().run(Arrays.asList(arguments.split(" ")));
      assertEquals(
          transcript.group(2).indent(-4), screen.out().replace(notes.toString(), "notes.jsonl"));
      found++;
    }
    assertEquals(2, found);
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path folder : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("docs/decisions"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }
}
