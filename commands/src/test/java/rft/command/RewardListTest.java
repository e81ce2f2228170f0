package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import rft.reward.RewardCompiler;
import rft.template.RewardTemplates;

/** What can be named, and what is shown of it. */
final class RewardListTest {
  @AfterEach
  void forget() {
    Workspace.current().clear();
  }

  private static <V extends Verb<?>> V parsed(V verb, String... arguments) {
    new CommandLine(verb).parseArgs(arguments);
    return verb;
  }

  private static List<String> names(String... arguments) {
    return parsed(new RewardList(), arguments).run(Progress.SILENT).rewards().stream()
        .map(RewardList.Row::name)
        .toList();
  }

  @Test
  void theListMayBeOfOneKind() {
    Workspace.current().put("mine", new RewardCompiler().compile("mine", "return 1;"));
    assertEquals(
        List.of("format-only", "parses-as-json", "substring-match"), names("--kind=loose"));
    assertEquals(List.of("mine"), names("--kind=named"));
    assertEquals("mine", names().get(0));
    assertEquals(RewardTemplates.names().size() + 1, names().size());
    String message =
        assertThrows(IllegalArgumentException.class, () -> names("--kind=rules")).getMessage();
    assertTrue(message.contains("did you mean rule?"), message);
  }

  @Test
  void theListSaysWhatEachNeeds() {
    String text = parsed(new RewardList(), "--kind=rule").run(Progress.SILENT).text().orElseThrow();
    assertTrue(
        text.contains(
            "code-tests             rule   Rewards a completion whose code compiles and passes the"
                + " row's tests. Needs attributes, sandbox"),
        text);
  }

  @Test
  void aReadyRewardShowsItsOptionsAndExamplesOrItsSourceAlone() throws IOException {
    String whole =
        parsed(new RewardShow(), "math-reasoning").run(Progress.SILENT).text().orElseThrow();
    assertTrue(whole.contains("  option TOLERANCE = 1e-6\n"), whole);
    assertTrue(whole.contains("           0  #### 72 or 73  (hedging)\n"), whole);
    String source =
        parsed(new RewardShow(), "math-reasoning", "--source")
            .run(Progress.SILENT)
            .text()
            .orElseThrow();
    assertEquals(RewardTemplates.named("math-reasoning").source().strip(), source);
  }

  @Test
  void anEditedCopyOfAReadyRewardIsNotTakenForIt() throws IOException {
    String edited = RewardTemplates.named("exact-match").source().replace("strip()", "trim()");
    Workspace.current().put("exact", new RewardCompiler().compile("exact-match", edited));
    RewardShow.Card card = parsed(new RewardShow(), "exact").run(Progress.SILENT);
    assertFalse(card.source().contains("strip()"));
    assertEquals(List.of(), card.about());
    assertEquals("", card.cell());
  }
}
