package rft.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** From the bytes of one line to a JSON object, strictly, with a place for everything refused. */
final class RowText {
  /** Longest line in bytes: longer ones are refused without being held in memory. */
  static final int MAX_LINE_BYTES = 8 << 20;

  private static final int MAX_DEPTH = 200;
  private static final String ONE_OBJECT = "write one JSON object per line";

  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_LINE_BYTES)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RowText() {}

  /** Returns the text of a line. */
  static String decode(ByteBuffer bytes) throws BadRow {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer chars = CharBuffer.allocate(bytes.remaining() + 1);
    CoderResult result = decoder.decode(bytes, chars, true);
    if (result.isError()) {
      throw BadRow.at(
          chars.position() + 1,
          "the bytes here are not valid UTF-8",
          "save the file as UTF-8, or remove the broken character");
    }
    String text = chars.flip().toString();
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw BadRow.at(nul + 1, "a NUL character", "remove it: JSONL is plain text in UTF-8");
    }
    if (text.startsWith("\uFEFF")) {
      throw BadRow.at(1, "a byte order mark in the text", "keep at most one, at the file's start");
    }
    return text;
  }

  /** Returns the JSON object that the text is. */
  static ObjectNode parse(String text) throws BadRow {
    JsonNode row;
    try {
      row = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw notJson(e, text);
    }
    return object(row);
  }

  /** Returns the value as the object that it must be. */
  static ObjectNode object(JsonNode row) throws BadRow {
    if (row instanceof ObjectNode object) {
      refuseUnfit(object, JsonPointer.empty());
      return object;
    }
    throw BadRow.at(
        JsonPointer.empty(),
        "the row is " + kind(row) + ", not a JSON object",
        row.isArray() ? ONE_OBJECT + " instead of one JSON array" : ONE_OBJECT);
  }

  /** Returns the 1-based column at which the value begins, 1 if there is no such value. */
  static int columnOf(JsonPointer place, String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if ((token.isScalarValue() || token.isStructStart())
            && parser.getParsingContext().pathAsPointer().equals(place)) {
          return parser.currentTokenLocation().getColumnNr();
        }
      }
      return 1;
    } catch (IOException e) {
      throw new UncheckedIOException("JSON that was read before cannot be read again", e);
    }
  }

  /** Returns how a message calls a value of this type, for example {@code a number}. */
  static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      default -> "missing";
    };
  }

  static BadRow notJson(JsonProcessingException e, String text) {
    int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
    String why = e.getOriginalMessage();
    if (e instanceof StreamConstraintsException) {
      return BadRow.at(
          column,
          "the JSON is beyond the limits (" + MAX_DEPTH + " levels, numbers of 1000 digits)",
          "flatten the row or put the value into a string");
    }
    if (e instanceof JsonEOFException) {
      return BadRow.at(
          column,
          "the row ends in the middle of a JSON value",
          ONE_OBJECT + ", whole and unbroken");
    }
    if (why.startsWith("Duplicate field")) {
      return BadRow.at(column, "a field is written twice in one object", "keep one of the two");
    }
    if (why.startsWith("Trailing token")) {
      return BadRow.at(column, "more text follows the row's JSON object", ONE_OBJECT);
    }
    boolean quotes = column <= text.length() && text.charAt(Math.max(1, column) - 1) == '\'';
    return BadRow.at(
        column,
        "the row is not valid JSON from here on",
        quotes
            ? "use double quotes, as a JSON writer does"
            : ONE_OBJECT + ", with a JSON writer rather than by hand");
  }

  /** Refuses what JSON can spell but UTF-8 text and files cannot carry on. */
  private static void refuseUnfit(JsonNode value, JsonPointer place) throws BadRow {
    if (value.isTextual()) {
      refuseUnfitText(value.textValue(), place);
    } else if (value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue())) {
      throw BadRow.at(place, "a number beyond the range of double", "write it as a string");
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        refuseUnfit(value.path(i), place.appendIndex(i));
      }
    } else if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        refuseUnfitText(field.getKey(), place);
        refuseUnfit(field.getValue(), place.appendProperty(field.getKey()));
      }
    }
  }

  private static void refuseUnfitText(String text, JsonPointer place) throws BadRow {
    if (text.indexOf('\0') >= 0) {
      throw BadRow.at(place, "an escaped NUL character", "remove \\u0000 from the text");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw BadRow.at(place, "half of a surrogate pair", "escape both halves, or write the letter");
    }
  }
}
