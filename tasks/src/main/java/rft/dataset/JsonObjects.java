package rft.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * Reads the JSON objects of a stream that others wrote, as strictly as the rows of a dataset: one
 * per line, or the elements of one array, or objects over several lines. Holds one at a time.
 */
public final class JsonObjects {
  private static final int HEAD_BYTES = 256;
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
   * gzip file that is cut short; a problem in an array ends it.
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
    if (text.startsWith("[") || text.lines().findFirst().orElse("").strip().equals("{")) {
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
        if (!text.isBlank()) {
          objects.accept(RowText.parse(text), lines.number());
        }
      } catch (BadRow bad) {
        problems.accept(bad.inLine(lines.number(), text));
      }
      line = lines.number() + 1;
    }
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
        } else {
          value(ONE.readTree(parser));
        }
      }
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? line : e.getLocation().getLineNr();
      problems.accept(RowText.notJson(e, "").inLine(at, ""));
    }
  }

  private void value(JsonNode value) {
    try {
      objects.accept(RowText.object(value), line);
    } catch (BadRow bad) {
      problems.accept(bad.inLine(line, ""));
    }
  }
}
