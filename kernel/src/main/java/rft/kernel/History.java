package rft.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The cells of this kernel's life, for front-ends that page through them. Safe for threads. */
final class History {
  /** The one run of the kernel that is remembered. */
  private static final int SESSION = 1;

  private record Entry(int number, String source, String output) {}

  private final List<Entry> entries = new ArrayList<>();

  /**
   * @param output plain text of the result; empty if there was none
   */
  synchronized void add(int number, String source, String output) {
    entries.add(new Entry(number, source, output));
  }

  /** Returns the content of a {@code history_reply}. */
  synchronized ObjectNode answer(ObjectNode request) {
    List<Entry> found =
        switch (request.path("hist_access_type").asText("tail")) {
          case "range" -> range(request);
          case "search" -> search(request);
          default -> last(entries, request.path("n").asInt(entries.size()));
        };
    boolean output = request.path("output").asBoolean(false);
    ObjectNode content = Bundles.empty().put("status", "ok");
    ArrayNode list = content.putArray("history");
    for (Entry each : found) {
      ArrayNode entry = list.addArray().add(SESSION).add(each.number());
      if (output) {
        ArrayNode both = entry.addArray().add(each.source());
        if (each.output().isEmpty()) {
          both.addNull();
        } else {
          both.add(each.output());
        }
      } else {
        entry.add(each.source());
      }
    }
    return content;
  }

  private List<Entry> range(ObjectNode request) {
    // Zero is the running kernel, a negative number one before it.
    int session = request.path("session").asInt(0);
    if (session != 0 && session != SESSION) {
      return List.of();
    }
    int start = request.path("start").asInt(1);
    JsonNode stop = request.path("stop");
    int end = stop.isNumber() ? stop.asInt() : Integer.MAX_VALUE;
    return entries.stream().filter(each -> each.number() >= start && each.number() < end).toList();
  }

  private List<Entry> search(ObjectNode request) {
    Pattern pattern = glob(request.path("pattern").asText("*"));
    List<Entry> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    boolean unique = request.path("unique").asBoolean(false);
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry each = entries.get(i);
      if (pattern.matcher(each.source()).matches() && (!unique || seen.add(each.source()))) {
        found.add(0, each);
      }
    }
    return last(found, request.path("n").asInt(found.size()));
  }

  private static List<Entry> last(List<Entry> all, int count) {
    return all.subList(Math.max(0, all.size() - Math.max(0, count)), all.size());
  }

  /** Knows a star for any text and a question mark for any one character. */
  private static Pattern glob(String pattern) {
    String regex =
        pattern
            .codePoints()
            .mapToObj(
                c ->
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    })
            .collect(Collectors.joining());
    return Pattern.compile(regex, Pattern.DOTALL);
  }
}
