package rft.grader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.reward.Failure;

final class TemplateTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static ObjectNode object(String json) throws Exception {
    return (ObjectNode) JSON.readTree(json);
  }

  private static ObjectNode item() throws Exception {
    return object(
        """
        {"a": "x", "n": 3.0, "big": 12345678901234567890, "flag": true, "nothing": null,
         "answers": [{"name": "Ann"}, {"name": "Bob"}], "with space": 1, "my-key": "k", "o": {"p": [1, 2]}}
        """);
  }

  private static ObjectNode sample() throws Exception {
    return object(
        """
        {"output_text": "hi {{ item.a }}", "output_tools": [{"function": {"arguments": "{\\"q\\":1}"}}]}
        """);
  }

  private static String render(String text) throws Exception {
    return Template.of(text).render(item(), sample());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "no placeholder; no placeholder",
        "{{item.a}}; x",
        "[{{ item.a }}|{{item.a}}]; [x|x]",
        "{{ item.answers[1].name }}; Bob",
        "{{ item['with space'] }}{{item[\"a\"]}}; 1x",
        "{{ item.my-key }}; k",
        "{{ item.n }} {{item.big}}; 3.0 12345678901234567890",
        "{{ item.flag }} {{ item.nothing }}; true null",
        "{{ item.o }}; {\"p\":[1,2]}",
        "{{ item.o.p }}; [1,2]",
        "{{sample.output_tools[0].function.arguments}}; {\"q\":1}",
        "{{ }} {{1}} {{\"a\": 1}} {{; {{ }} {{1}} {{\"a\": 1}} {{",
        "{ {item.a} } {item.a}; { {item.a} } {item.a}",
        "{{{item.a}}}; {{{item.a}}}"
      })
  void valuesArePutInAsTheyAre(String text, String expected) throws Exception {
    assertEquals(expected, render(text));
  }

  @Test
  void whatAnAnswerHoldsIsNeverReadAsATemplate() throws Exception {
    assertEquals("hi {{ item.a }}", render("{{ sample.output_text }}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "Is {{ itm.a }} => a placeholder begins with item or sample, not itm; did you mean item?,"
            + " column 7 of the text",
        "{{ item }} => name a variable of item, as in {{ item.KEY }}, column 1 of the text",
        "{{ item.a => after {{ item.a comes neither a key nor }}, column 10 of the text",
        "{{ item.a | upper }} => after {{ item.a comes neither a key nor }}, column 10 of the text",
        "{{ item.answers[x] }} => after {{ item.answers comes neither a key nor }}, column 16 of"
            + " the text"
      })
  void aPlaceholderThatCannotBeReadIsNamed(String text, String message) {
    TemplateException e = assertThrows(TemplateException.class, () -> Template.of(text));
    assertEquals(message, e.getMessage());
  }

  @Test
  void aVariableThatIsNotThereIsAFailureAndNoEmptyText() throws Exception {
    GradingException e = assertThrows(GradingException.class, () -> render("{{ item.answer }}"));
    assertEquals(GraderError.INVALID_VARIABLE, e.error());
    assertEquals(Failure.Kind.UNKNOWN_VARIABLE, e.kind());
    assertEquals(
        "there is no {{ item.answer }}: no key answer; did you mean answers?", e.getMessage());
    assertTrue(
        String.valueOf(
                assertThrows(GradingException.class, () -> render("{{ item.answers[2].name }}"))
                    .getMessage())
            .contains("the list has 2 elements, so no number 2"));
    assertTrue(
        String.valueOf(
                assertThrows(GradingException.class, () -> render("{{ item.a.b }}")).getMessage())
            .contains("has no keys, so no b"));
  }

  @Test
  void anAnswerThatIsNoJsonIsUnreadableAndNotAMissingVariable() throws Exception {
    GradingException e =
        assertThrows(GradingException.class, () -> render("{{ sample.output_json.name }}"));
    assertEquals(GraderError.SAMPLE_PARSE, e.error());
    assertEquals(Failure.Kind.UNREADABLE, e.kind());
  }
}
