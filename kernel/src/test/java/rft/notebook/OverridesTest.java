package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rft.command.CommandException;

final class OverridesTest {
  private static final String DECLARED =
      """
      int steps = 50; // how many
      long big = 1;
      final double rate = 1e-3;
      String task = "addition";
      var name = "x";
      var on = true;
      char mark = 'a';
      float f = 1f;
      Map<String, Integer> map = Map.of();""";

  private final Notebook notebook =
      Notebook.parse(
          Cells.file(Cells.cell(DECLARED, "parameters") + "," + Cells.cell("steps", "")), "n");

  @Test
  void everyVariableKeepsItsTypeInACellBehindTheDeclarations() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("steps", "3");
    values.put("big", "99999999999");
    values.put("rate", "0.5");
    values.put("task", "say \"hi\" C:\\x");
    values.put("name", "y");
    values.put("on", "false");
    values.put("mark", "b");
    values.put("f", "2.5");
    values.put("map", "Map.of(\"a\", 1)");
    new Overrides(values).injectInto(notebook);
    CodeCell cell = notebook.codeCells().get(1);
    assertEquals(List.of("injected-parameters"), cell.tags());
    assertEquals(
        """
        // Parameters
        steps = 3;
        big = 99999999999L;
        rate = 0.5;
        task = "say \\"hi\\" C:\\\\x";
        name = "y";
        on = false;
        mark = 'b';
        f = 2.5f;
        map = Map.of("a", 1);""",
        cell.source());
    assertEquals("steps", notebook.codeCells().get(2).source());
  }

  @Test
  void aSecondRunReplacesTheCellOfTheFirst() {
    new Overrides(Map.of("steps", "3")).injectInto(notebook);
    new Overrides(Map.of("steps", "4")).injectInto(notebook);
    assertEquals(3, notebook.codeCells().size());
    assertEquals("// Parameters\nsteps = 4;", notebook.codeCells().get(1).source());
  }

  @Test
  void anUnknownVariableNamesTheNearest() {
    CommandException refused =
        assertThrows(
            CommandException.class, () -> new Overrides(Map.of("step", "3")).injectInto(notebook));
    assertTrue(refused.getMessage().contains("did you mean steps?"), refused.getMessage());
  }

  @Test
  void whatIsNoVariableIsRefused() {
    assertThrows(CommandException.class, () -> new Overrides(Map.of("a; b", "3")));
  }

  @Test
  void withoutATaggedCellOneSentenceSaysWhatToTag() {
    Overrides parameters = new Overrides(Map.of("steps", "3"));
    CommandException refused =
        assertThrows(
            CommandException.class, () -> parameters.injectInto(Cells.notebook("int steps = 1;")));
    assertTrue(refused.getMessage().contains("tagged \"parameters\""), refused.getMessage());
  }

  @Test
  void withoutValuesNothingChanges() {
    Notebook plain = Cells.notebook("1");
    String before = plain.text();
    new Overrides(Map.of()).injectInto(plain);
    assertEquals(before, plain.text());
  }
}
