package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import rft.command.TrainForm.Field;
import rft.command.TrainForm.Kind;
import rft.command.TrainForm.Problem;

final class TrainFormTest {
  /** What the steps of a form before the options ask for. */
  private static final Set<String> ASKED_BEFORE =
      Set.of("--model", "--data", "--reward", "--name", "--resume", "--fork", "--seeds", "--sweep");

  @Test
  void everyOptionOfTheCommandIsAFieldWithItsHelp() {
    CommandLine train = new CommandLine(new Train());
    TreeSet<String> options =
        train.getCommandSpec().options().stream()
            .map(CommandLine.Model.OptionSpec::longestName)
            .filter(option -> !ASKED_BEFORE.contains(option))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        options,
        TrainForm.fields().stream()
            .map(Field::option)
            .collect(Collectors.toCollection(TreeSet::new)));
    train.getCommandSpec().usageMessage().width(500);
    String help = train.getUsageMessage(CommandLine.Help.Ansi.OFF).replaceAll("\\s+", " ");
    for (Field field : TrainForm.fields()) {
      assertTrue(help.contains(field.description()), field + " is not in " + help);
    }
  }

  @Test
  void everyFieldHasAGroupAndTheCommonOnesComeWithoutUnfolding() {
    List<Field> fields = TrainForm.fields();
    fields.forEach(field -> assertFalse(field.group().isEmpty(), field.option()));
    assertEquals(12, fields.stream().filter(field -> !field.advanced()).count());
  }

  @Test
  void rangesAreThoseThatTheOptionsCheck() {
    Field rate = field("--lr");
    assertEquals("learningRate", rate.range().name());
    assertEquals(0, rate.range().low());
    assertFalse(rate.range().lowIncluded());
    assertEquals(1.0, rate.range().high());
    assertEquals(2, field("--group-size").range().low());
    assertTrue(field("--group-size").range().lowIncluded());
    for (Field field : TrainForm.fields()) {
      if (field.range() != null) {
        String below = field.kind() == Kind.INTEGER ? "-1" : "-0.5";
        List<Problem> problems = TrainForm.problems(Map.of(field.option(), below));
        assertEquals(1, problems.size(), field.option());
        assertTrue(problems.get(0).message().startsWith(field.option() + " ("), problems + "");
      }
    }
    long without =
        TrainForm.fields().stream()
            .filter(field -> field.kind() == Kind.INTEGER || field.kind() == Kind.NUMBER)
            .filter(field -> field.range() == null)
            .peek(field -> assertTrue(NO_RANGE.contains(field.option()), field.option()))
            .count();
    assertEquals(NO_RANGE.size(), without);
  }

  /** Any seed will do; the share is checked where no range is declared. */
  private static final Set<String> NO_RANGE = Set.of("--seed", "--stop-above");

  @Test
  void choicesAreAllAccepted() {
    for (Field field : TrainForm.fields()) {
      if (field.kind() == Kind.CHOICE) {
        assertFalse(field.choices().isEmpty(), field.option());
        for (String choice : field.choices()) {
          assertEquals(List.of(), TrainForm.problems(Map.of(field.option(), choice)), choice);
        }
        assertEquals(1, TrainForm.problems(Map.of(field.option(), "no-such")).size());
      }
    }
  }

  @Test
  void defaultsAreThoseOfTheCommandAndPassTheChecks() {
    assertEquals("50", field("--steps").initial());
    assertEquals("cpu", field("--device").initial());
    Map<String, String> all =
        TrainForm.fields().stream()
            .filter(field -> field.initial() != null)
            .collect(Collectors.toMap(Field::option, field -> field.initial()));
    assertEquals(List.of(), TrainForm.problems(all));
  }

  @Test
  void everyWrongOptionIsNamedAtOnce() {
    List<Problem> problems =
        TrainForm.problems(Map.of("--lr", "7", "--steps", "many", "--rank", "4"));
    assertEquals(
        List.of("--lr", "--steps"),
        problems.stream().map(Problem::option).sorted(Comparator.naturalOrder()).toList());
  }

  @Test
  void aTargetThatIsNoProjectionIsAnsweredWithThoseThatAre() {
    List<Problem> problems = TrainForm.problems(Map.of("--targets", "q_proj,q_prj"));
    assertEquals(List.of("--targets"), problems.stream().map(Problem::option).toList());
    String message = problems.get(0).message();
    assertTrue(message.startsWith("--targets (q_prj) must be one of q_proj, k_proj"), message);
    assertTrue(message.contains("down_proj; did you mean q_proj?"), message);
  }

  @Test
  void aPlanIsWhatTheCommandWouldTrain() throws Exception {
    List<String> arguments =
        Stream.concat(
                Stream.of("--data=addition"),
                TrainForm.arguments(Map.of("--lr", "1e-3", "--mask-truncated", "true")).stream())
            .toList();
    var options = TrainForm.plan(arguments);
    assertEquals(1e-3, options.optimizer().learningRate());
    assertTrue(options.loss().maskTruncated());
    assertNotNull(options.inputs().reward());
    assertThrows(
        IllegalArgumentException.class, () -> TrainForm.plan(List.of("--data=addition", "--lr=2")));
    IllegalArgumentException unknown =
        assertThrows(
            IllegalArgumentException.class, () -> TrainForm.arguments(Map.of("--grop-size", "4")));
    assertTrue(unknown.getMessage().contains("--group-size"), unknown.getMessage());
  }

  private static Field field(String option) {
    return TrainForm.fields().stream()
        .filter(field -> field.option().equals(option))
        .findFirst()
        .orElseThrow();
  }
}
