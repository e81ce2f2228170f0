package rft.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CellLexerTest {
  /** Returns the parts in short: Java as typed, magics in angle brackets. */
  private static String parts(String code) {
    return CellLexer.parts(code, 0, java -> true).stream()
        .map(
            part ->
                part instanceof Part.Magic magic
                    ? "<" + magic.title() + "|" + magic.tail().strip() + ">"
                    : ((Part.Java) part).text())
        .collect(Collectors.joining());
  }

  private static Part.Magic magic(String code) {
    List<Part> parts = CellLexer.parts(code, 0, java -> true);
    return (Part.Magic) parts.get(parts.size() - 1);
  }

  @Test
  void magicsStandBetweenStatements() {
    assertEquals(
        "int a = 1;\n<%time|a + 1>\nint b = 2;", parts("int a = 1;\n  %time a + 1\nint b = 2;"));
    assertEquals("<%runs|><%objects|>", parts("%runs\n%objects"));
    assertEquals("{ }\n<%runs|>", parts("{ }\n%runs"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int c = a\n  %b;",
        "int c = (a\n%b);",
        "f(a,\n%b)",
        "{\n%b\n}",
        "// %b",
        "/*\n%b\n*/",
        "String s = \"\"\"\n%b\n\\\"\"\"\n%b\n\"\"\";",
        "String s = \"x\n%b",
        "a % b",
        "char c = '%'; c %= 3;",
        "String s = \"%d\";"
      })
  void aPercentSignInsideJavaIsJava(String code) {
    assertTrue(
        CellLexer.parts(code, 0, java -> true).stream().allMatch(p -> p instanceof Part.Java),
        code);
  }

  @Test
  void aQuoteInACommentOpensNothing() {
    assertEquals("<%runs|>", parts("// don't\n%runs"));
    assertEquals("f('\\''); // \"\n<%runs|>", parts("f('\\''); // \"\n%runs"));
  }

  @Test
  void whatJavaSaysOfTheTextBeforeDecides() {
    String code = "int[] a = {1}\n%b;";
    assertEquals(1, CellLexer.parts(code, 0, java -> false).size());
    assertEquals(2, CellLexer.parts(code, 0, java -> true).size());
  }

  @Test
  void aVariableTakesTheValueOfAMagic() {
    assertEquals(new Part.Target("", "x", 0), magic("x = %rollout --n 4").target());
    assertEquals(new Part.Target("var", "x", 4), magic("var x=%rollout").target());
    Part.Target typed = magic("int a;\n  Map<String, List<Integer>> m = %x").target();
    assertEquals(new Part.Target("Map<String, List<Integer>>", "m", 36), typed);
    assertEquals(" --n 4", magic("x = %rollout --n 4").tail());
  }

  @Test
  void aCellMagicMayFollowBlankLinesAndComments() {
    Part.Magic magic = magic("\n // a comment\n/* two\n */\n%%reward len --n 1\nreturn 1;\n");
    assertEquals("reward", magic.name());
    assertEquals(" len --n 1", magic.tail());
    assertEquals("return 1;\n", magic.body());
    assertEquals(45, magic.bodyStart());
  }

  @Test
  void aCellMagicMayHaveNoBody() {
    assertEquals("", magic("%%reward len").body());
    assertEquals("", magic("%%reward len\n").body());
    assertNull(magic("%reward").body());
  }

  @Test
  void aQuestionMarkAsksForHelp() {
    for (String code : List.of("%train?", "?%train", "%%train?", "%train ?", "int a;\n%train?")) {
      assertTrue(magic(code).asksHelp(), code);
      assertEquals("train", magic(code).name(), code);
    }
    assertFalse(magic("%chat Is it you?").asksHelp());
    assertEquals(1, CellLexer.parts("%train?\n", 0, java -> true).size());
  }

  @Test
  void aBackslashJoinsLines() {
    Part.Magic magic =
        magic("%train \\\n  --steps 5 \\\r\n --seed 1\nint a;".replace("int a;", ""));
    assertEquals(" \\\n  --steps 5 \\\r\n --seed 1", magic.tail());
  }

  @Test
  void unfinishedTextEndsTheCellWithoutAFault() {
    for (String code :
        List.of("\"", "'", "\"\"\"", "/*", "'\\", "%", "%%", "x = %", "?%", "\"\\")) {
      CellLexer.parts(code, 0, java -> true);
    }
  }
}
