package rft.prompt.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compares with what Jinja itself made of small templates; see {@code src/test/golden/prompt}. */
final class GoldenSnippetsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> everySnippetRendersAsInJinja() throws IOException {
    try (InputStream file = GoldenSnippetsTest.class.getResourceAsStream("snippets.json")) {
      JsonNode golden = JSON.readTree(file);
      Map<String, Object> variables =
          JSON.convertValue(golden.get("variables"), new TypeReference<Map<String, Object>>() {});
      return golden
          .get("cases")
          .valueStream()
          .map(
              it -> DynamicTest.dynamicTest(it.get("source").asText(), () -> check(it, variables)));
    }
  }

  private static void check(JsonNode golden, Map<String, Object> variables) {
    String source = golden.get("source").asText();
    if (golden.has("text")) {
      assertEquals(golden.get("text").asText(), render(source, variables));
      return;
    }
    JinjaException fault =
        assertThrows(JinjaException.class, () -> render(source, variables), "Jinja fails here");
    assertEquals(1, fault.line());
    assertTrue(fault.getMessage().endsWith(golden.path("refusal").asText()), fault.getMessage());
  }

  private static String render(String source, Map<String, Object> variables) {
    return JinjaTemplate.parse(source).render(variables, Clock.systemUTC());
  }
}
