package rft.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ArgumentLexerTest {
  private static final Map<String, String> VARIABLES = Map.of("n", "4", "two", "a b");

  private static List<Token> tokens(String tail) {
    return ArgumentLexer.tokens(
        new CellText(tail),
        0,
        tail.length(),
        name -> {
          if (!VARIABLES.containsKey(name.text())) {
            throw MagicException.at(name, "UnknownVariable", "no variable " + name.text());
          }
          return VARIABLES.get(name.text());
        });
  }

  private static List<String> texts(String tail) {
    return tokens(tail).stream().map(Token::text).toList();
  }

  @Test
  void whiteSpaceDividesArguments() {
    assertEquals(List.of("a", "--opt=v", "--opt", "v"), texts("  a\t--opt=v --opt v "));
    assertEquals(List.of("a", "b"), texts(" a \\\n b"));
    assertEquals(List.of("a", "b"), texts(" a\\\r\nb"));
  }

  @Test
  void quotesKeepWhiteSpace() {
    assertEquals(List.of("a b", "c d", "x=y z"), texts("\"a b\" 'c d' x=\"y z\""));
    assertEquals(List.of("", ""), texts("\"\" ''"));
  }

  @Test
  void escapesAreResolved() {
    assertEquals(List.of("a\nb\t\"\\"), texts("\"a\\nb\\t\\\"\\\\\""));
    assertEquals(List.of("a\\nb {n}"), texts("'a\\nb {n}'"));
    assertEquals(List.of("a b", "don't"), texts("a\\ b don\\'t"));
    assertEquals(List.of("C:\\data\\new.jsonl"), texts("C:\\data\\new.jsonl"));
  }

  @Test
  void variablesAreFilledIn() {
    assertEquals(List.of("4", "--steps=4x", "a b"), texts("{n} --steps={n}x {two}"));
    assertEquals(List.of("n is 4"), texts("\"n is {n}\""));
    assertEquals(List.of("{n}", "{}", "{1}", "{\"a\":{}}"), texts("\\{n} {} {1} '{\"a\":{}}'"));
  }

  @Test
  void aTokenKnowsItsPlace() {
    Token token = tokens("ab  --x='1 2' {n}").get(1);
    assertEquals("--x=1 2", token.text());
    assertEquals(4, token.start());
    assertEquals(13, token.end());
  }

  @Test
  void anOpenQuoteIsPointedAt() {
    MagicException e = assertThrows(MagicException.class, () -> tokens("a 'b c"));
    List<String> shown = e.inCell(new CellText("a 'b c")).traceback();
    assertTrue(shown.get(0).contains("is not closed"), shown.get(0));
    assertEquals("  1 | a 'b c", shown.get(1));
    assertEquals("        ^", shown.get(2));
  }

  @Test
  void anUnknownVariableIsPointedAt() {
    MagicException e = assertThrows(MagicException.class, () -> tokens("--n {m}"));
    assertEquals(
        List.of("  1 | --n {m}", "           ^"),
        e.inCell(new CellText("--n {m}")).traceback().subList(1, 3));
  }

  @Test
  void aLineBeingTypedHasNoErrors() {
    String tail = "--n {m} 'b c";
    List<Token> tokens = ArgumentLexer.typedSoFar(new CellText(tail), 0, tail.length());
    assertEquals(List.of("--n", "{m}", "b c"), tokens.stream().map(Token::text).toList());
  }
}
