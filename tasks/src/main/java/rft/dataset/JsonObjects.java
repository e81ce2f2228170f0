package rft.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the JSON objects of a stream that others wrote, as strictly as the rows of a dataset: one
 * per line, or the elements of one array, or objects over several lines, also with nothing between
 * them. An object that holds a list of {@code events}, {@code logEvents} or {@code results}, as
 * services that deliver logs write, stands for what is in the list. Holds one at a time.
 */
public final class JsonObjects {
  private static final int HEAD_BYTES = 256;

  /** What a list is called that stands in an object of its own. */
  private static final List<String> LISTS = List.of("events", "logEvents", "results");

  /** The begin of an object that may be longer than a line may be. */
  private static final Pattern LIST_AHEAD =
      Pattern.compile("\\{\\s*\"(events|logEvents|results|messageType)\"\\s*:");

  /** A line that begins with a time, and perhaps one word more before an object. */
  private static final Pattern STAMPED =
      Pattern.compile(
          "(?s)(\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(?:Z|[+-]\\d\\d:?\\d\\d)?)\\s+(?:\\S+\\s+(?=\\{))?(.*)");

  private static final ObjectReader ONE =
      RowText.JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final ObjLongConsumer<ObjectNode> objects;
  private final Consumer<? super RowProblem> problems;
  private long line = 1;

  private JsonObjects(ObjLongConsumer<ObjectNode> objects, Consumer<? super RowProblem> problems) {
    this.objects = objects;
    this.problems = problems;
  }

  /**
   * Gives each object, with its 1-based line, or each problem to one of the two consumers, in
   * order. A line of more than 8 MiB is a problem, and so is a stream that breaks off, such as a
   * gzip file that is cut short; a problem in an array ends it. Of a line that begins with a time
   * the object is {@code {"timestamp": .., "message": "the rest"}}; a row of a table in pairs of
   * {@code field} and {@code value} is an object with these fields.
   *
   * @param in the bytes; not closed
   */
  public static void read(
      InputStream in, ObjLongConsumer<ObjectNode> objects, Consumer<? super RowProblem> problems) {
    JsonObjects reader = new JsonObjects(objects, problems);
    try {
      reader.run(new BufferedInputStream(in, 1 << 16));
    } catch (IOException e) {
      problems.accept(
          new RowProblem(
              reader.line,
              1,
              "the file breaks off here: " + e.getMessage(),
              "fetch the file again, whole"));
    }
  }

  private void run(BufferedInputStream in) throws IOException {
    in.mark(HEAD_BYTES);
    byte[] head = in.readNBytes(HEAD_BYTES);
    in.reset();
    String text = new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
    if (text.startsWith("[")
        || text.lines().findFirst().orElse("").strip().equals("{")
        || LIST_AHEAD.matcher(text).lookingAt()) {
      values(in);
    } else {
      lines(new ByteLines(in, RowText.MAX_LINE_BYTES));
    }
  }

  private void lines(ByteLines lines) throws IOException {
    while (lines.advance()) {
      String text = "";
      try {
        if (lines.tooLong()) {
          throw BadRow.at(
              1,
              "the line is longer than " + (RowText.MAX_LINE_BYTES >> 20) + " MiB",
              "check for missing line breaks");
        }
        text = RowText.decode(DatasetReader.withoutByteOrderMark(lines.bytes(), lines.number()));
        line = lines.number();
        Matcher stamped = STAMPED.matcher(text);
        if (stamped.matches()) {
          objects.accept(event(stamped.group(1), stamped.group(2)), line);
        } else {
          each(text);
        }
      } catch (BadRow bad) {
        problems.accept(bad.inLine(lines.number(), text));
      }
      line = lines.number() + 1;
    }
  }

  private void each(String text) throws BadRow, IOException {
    try (JsonParser parser = RowText.JSON.createParser(text)) {
      while (parser.nextToken() != null) {
        listed(RowText.object(ONE.readTree(parser)));
      }
    } catch (JsonProcessingException e) {
      throw RowText.notJson(e, text);
    }
  }

  private static ObjectNode event(String time, String message) {
    return JsonNodeFactory.instance.objectNode().put("timestamp", time).put("message", message);
  }

  /** Gives the elements of the lists that an object holds, or the object if it holds none. */
  private void listed(ObjectNode object) {
    List<JsonNode> lists = LISTS.stream().map(object::path).filter(JsonNode::isArray).toList();
    if (lists.isEmpty()) {
      objects.accept(object, line);
    }
    lists.forEach(list -> list.forEach(this::value));
  }

  private void values(InputStream in) throws IOException {
    try (JsonParser parser = RowText.JSON.createParser(in)) {
      boolean inArray = false;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        line = parser.currentTokenLocation().getLineNr();
        if (!inArray && token == JsonToken.START_ARRAY) {
          inArray = true;
        } else if (token == JsonToken.END_ARRAY) {
          inArray = false;
        } else if (!inArray && token == JsonToken.START_OBJECT) {
          object(parser);
        } else {
          value(ONE.readTree(parser));
        }
      }
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? line : e.getLocation().getLineNr();
      problems.accept(RowText.notJson(e, "").inLine(at, ""));
    }
  }

  /** Gives the object that begins here, or the elements of its lists as they come. */
  private void object(JsonParser parser) throws IOException {
    long begin = line;
    boolean holdsList = false;
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (LISTS.contains(name) && token == JsonToken.START_ARRAY) {
        holdsList = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          line = parser.currentTokenLocation().getLineNr();
          value(ONE.readTree(parser));
        }
      } else {
        rest.set(name, ONE.readTree(parser));
      }
    }
    if (!holdsList) {
      line = begin;
      value(rest);
    }
  }

  private void value(JsonNode value) {
    try {
      listed(RowText.object(ofPairs(value)));
    } catch (BadRow bad) {
      problems.accept(bad.inLine(line, ""));
    }
  }

  private static JsonNode ofPairs(JsonNode value) {
    if (!value.isArray()) {
      return value;
    }
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    for (JsonNode pair : value) {
      if (!pair.path("field").isTextual()) {
        return value;
      }
      row.set(pair.path("field").textValue(), pair.path("value"));
    }
    return row;
  }
}
