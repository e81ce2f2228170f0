package rft.grader;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The JSON text of a grader, and what is found wrong with it, each thing at its place. */
final class GraderText {
  private static final int MAX_DEPTH = 100;

  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String text;
  private final List<GraderProblem> problems = new ArrayList<>();

  GraderText(String text) {
    this.text = text;
  }

  /**
   * Returns the JSON value of the text.
   *
   * @throws GraderException if it is no JSON
   */
  JsonNode root() throws GraderException {
    try {
      JsonNode root = JSON.readTree(text);
      if (root.isMissingNode()) {
        throw new GraderException(List.of(new GraderProblem(1, 1, "the text is empty")));
      }
      return root;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new GraderException(
          List.of(
              new GraderProblem(
                  at == null ? 1 : at.getLineNr(),
                  at == null ? 1 : at.getColumnNr(),
                  "this is not valid JSON from here on: " + firstLine(e.getOriginalMessage()))));
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  /** Notes a problem with a value, or with the object that lacks it. */
  void problem(JsonPointer place, String message) {
    JsonLocation at = find(place, false);
    problems.add(new GraderProblem(at.getLineNr(), at.getColumnNr(), message));
  }

  /** Notes a problem with the name of a field. */
  void problemWithName(JsonPointer place, String message) {
    JsonLocation at = find(place, true);
    problems.add(new GraderProblem(at.getLineNr(), at.getColumnNr(), message));
  }

  int problems() {
    return problems.size();
  }

  /**
   * Does nothing if no problem was noted.
   *
   * @throws GraderException if one was
   */
  void refuseProblems() throws GraderException {
    if (!problems.isEmpty()) {
      problems.sort(
          Comparator.comparingInt(GraderProblem::line).thenComparingInt(GraderProblem::column));
      throw new GraderException(problems);
    }
  }

  private JsonLocation find(JsonPointer place, boolean name) {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonLocation start = JsonLocation.NA;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (start.equals(JsonLocation.NA)) {
          start = parser.currentTokenLocation();
        }
        boolean wanted =
            name ? token == JsonToken.FIELD_NAME : token.isScalarValue() || token.isStructStart();
        if (wanted && parser.getParsingContext().pathAsPointer().equals(place)) {
          return parser.currentTokenLocation();
        }
      }
      return start;
    } catch (IOException e) {
      throw new UncheckedIOException("JSON that was read before cannot be read again", e);
    }
  }
}
