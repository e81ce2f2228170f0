package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.command.ExitCode;
import rft.command.Verbs;

final class ShellTest {
  private static final String GOOD =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"2+2?\"}],\"reference_answer\":\"4\"}\n";

  @TempDir Path folder;
  private final Screenshot screen = Screenshot.plain();

  @Test
  void helpListsEveryVerbAndFitsEightyColumns() {
    for (String arguments : List.of("", "--help", "-h", "help")) {
      Screenshot help = Screenshot.plain();
      assertEquals(ExitCode.OK, run(help, arguments));
      Verbs.all().forEach(entry -> assertTrue(help.out().contains(entry.name()), entry.name()));
      help.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
      assertEquals("", help.err());
    }
  }

  @Test
  void everyVerbHasHelpWithAnExampleInEightyColumns() {
    for (Verbs.Entry entry : Verbs.all()) {
      Screenshot help = Screenshot.plain();
      assertEquals(ExitCode.OK, run(help, entry.name() + " --help"));
      assertTrue(help.out().startsWith("Usage: rft " + entry.name()), help.out());
      assertTrue(help.out().contains("Example:\n  rft " + entry.name()), help.out());
      help.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }
  }

  @Test
  void aGroupAloneListsItsVerbs() {
    assertEquals(ExitCode.OK, run(screen, "data"));
    assertTrue(screen.out().contains("data split"));
    assertFalse(screen.out().contains("doctor"));
  }

  @Test
  void helpBeforeAVerbIsThatVerbsHelp() {
    assertEquals(ExitCode.OK, run(screen, "help data check"));
    assertTrue(screen.out().startsWith("Usage: rft data check"), screen.out());
  }

  @ParameterizedTest
  @CsvSource({
    "docter, did you mean doctor?",
    "data chek, did you mean data check?",
    "dat, did you mean data?",
    "frobnicate, (all verbs: rft --help)",
    "data frobnicate, (all verbs: rft data --help)",
    "data check --jsn f, did you mean --json?",
    "data show f --split tset, did you mean test?",
    "data show f --limit ten, 'ten'",
    "data show f --limit=0, must be at least 1",
    "data check, FILE",
    "data show --limit 3, FILE",
    "data split f, --out"
  })
  void aSlipIsAUsageErrorThatNamesTheWayOut(String arguments, String part) throws IOException {
    Path file = Files.writeString(folder.resolve("f"), GOOD);
    assertEquals(ExitCode.USAGE, run(screen, arguments.replace(" f", " " + file)));
    assertEquals("", screen.out());
    assertEquals(1, screen.err().lines().count(), screen.err());
    assertTrue(screen.err().startsWith("rft: "), screen.err());
    assertTrue(screen.err().contains(part), screen.err());
  }

  @Test
  void jsonIsOneValueOnStandardOutputWhereverTheFlagStands() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), GOOD + "{}");
    for (String arguments :
        List.of("--json data check " + file, "data check " + file + " --json")) {
      Screenshot run = Screenshot.plain();
      assertEquals(ExitCode.FAILED, run(run, arguments));
      JsonNode report = new ObjectMapper().readTree(run.out()).path("files").path(0);
      assertEquals(1, report.path("good_rows").asInt());
      assertEquals(2, report.path("problems").path(0).path("line").asInt());
    }
  }

  @Test
  void anErrorIsJsonTooWhenJsonIsAskedFor() throws IOException {
    assertEquals(ExitCode.NOT_FOUND, run(screen, "data check " + folder.resolve("no") + " --json"));
    JsonNode error = new ObjectMapper().readTree(screen.out()).path("error");
    assertEquals("not_found", error.path("code").asText());
    assertTrue(screen.err().contains(error.path("message").asText()), screen.err());
  }

  @Test
  void aStackTraceIsPrintedOnlyOnRequest() {
    run(screen, "data check " + folder.resolve("no"));
    assertFalse(screen.err().contains("\tat "), screen.err());
    Screenshot verbose = Screenshot.plain();
    run(verbose, "--verbose data check " + folder.resolve("no"));
    assertTrue(verbose.err().contains("\tat rft."), verbose.err());
  }

  @Test
  void escapeSequencesOfADatasetNeverReachTheTerminal() throws IOException {
    String evil = "\\u001b[2J\\u009b31m\\u202e\\rgone";
    Path file = Files.writeString(folder.resolve("f"), GOOD.replace("2+2?", "a\\n" + evil));
    assertEquals(ExitCode.OK, run(screen, "data show " + file));
    assertTrue(screen.out().contains("    a\n    \\u001b[2J\\u009b31m\\u202e\\rgone"));
    assertEquals(-1, screen.out().indexOf(0x1b));
    Screenshot json = Screenshot.plain();
    run(json, "data show --json " + file);
    assertTrue(json.out().chars().noneMatch(c -> c == 0x1b || c == 0x9b || c == 0x202e));
  }

  @Test
  void aDefectIsOneSentenceThatSaysSo() {
    Mishap mishap = Mishap.of(new IllegalStateException("odd"));
    assertTrue(mishap.isDefect());
    assertEquals(ExitCode.FAILED, mishap.exitCode());
    assertEquals("IllegalStateException: odd", mishap.message());
  }

  @Test
  void aFileThatCannotBeReadSaysWhy() {
    IOException denied = new AccessDeniedException("w.safetensors");
    Mishap mishap = Mishap.of(new UncheckedIOException("cannot read w.safetensors", denied));
    assertEquals("cannot read w.safetensors: this user has no right to", mishap.message());
    IOException full = new IOException("No space left on device");
    assertEquals(
        "cannot write w: No space left on device",
        Mishap.of(new UncheckedIOException("cannot write w", full)).message());
    assertEquals(
        "No space left on device", Mishap.of(new UncheckedIOException("", full)).message());
  }

  @Test
  void colorsAreForScreensWithoutNoColor() {
    assertTrue(new Screenshot(colors(true)).terminal().colored());
    assertFalse(new Screenshot(colors(false)).terminal().colored());
    assertFalse(Screenshot.plain().terminal().colored());
    Screenshot help = new Screenshot(colors(true));
    run(help, "--help");
    assertTrue(help.out().contains("\u001b[1mData\u001b[0m"), help.out());
  }

  private static Terminal.Screen colors(boolean wanted) {
    var variables = wanted ? Map.<String, String>of() : Map.of("NO_COLOR", "1");
    return Terminal.Screen.of(variables, "out,err", 80);
  }

  private static ExitCode run(Screenshot screen, String arguments) {
    return screen
        .shell()
        .run(Arrays.stream(arguments.split(" ")).filter(word -> !word.isEmpty()).toList());
  }
}
