package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SweepPlanTest {
  private static String refusal(String spec) {
    CommandException e =
        assertThrows(
            CommandException.class,
            () ->
                SweepPlan.parse(spec)
                    .combinations()
                    .forEach(combination -> SweepPlan.command(List.of("--lr=1"), combination)));
    assertEquals(ExitCode.USAGE, e.exitCode());
    return String.valueOf(e.getMessage());
  }

  @Test
  void everyValueOfOneOptionMeetsEveryValueOfTheOther() {
    assertEquals(
        List.of(
            Map.of("lr", "1e-3", "group-size", "8"),
            Map.of("lr", "1e-3", "group-size", "16"),
            Map.of("lr", "2e-3", "group-size", "8"),
            Map.of("lr", "2e-3", "group-size", "16")),
        SweepPlan.parse("lr=1e-3,2e-3; --group-size=8, 16").combinations());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lr", "lr=", "lr=1,,2", "lr=1;lr=2", "=1", "lr=1;"})
  void aTextOfAnotherFormIsRefusedWithAnExample(String spec) {
    assertTrue(refusal(spec).contains("lr=1e-3,2e-3;group-size=8,16"));
  }

  @Test
  void anOptionThatDoesNotExistNamesTheNearest() {
    assertTrue(refusal("group-sise=8").contains("did you mean group-size?"));
    assertTrue(refusal("seeds=2,3").startsWith("--sweep cannot vary seeds"));
  }

  @Test
  void aValueThatDoesNotSuitTheOptionIsRefusedBeforeAnythingIsTrained() {
    assertTrue(refusal("steps=5,many").startsWith("--sweep steps=many: "));
  }
}
