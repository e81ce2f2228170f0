package rft.judge;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What {@link PretendJudge} understands of a question: the values between its markers, and the form
 * of the reply that is asked for at its end.
 *
 * @param values by the names of their markers
 * @param answers to judge, in the order they are shown
 * @param form the words that ask for the reply
 */
record PretendReading(Map<String, String> values, List<String> answers, String form) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern VALUE =
      Pattern.compile("(?s)<([\\w. -]+) ([0-9a-f]{8})>\\n(.*?)\\n</\\1 \\2>");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Pattern SCALE =
      Pattern.compile("from (\\S+) \\(worst\\) to (\\S+) \\(best\\)");
  private static final Pattern PART = Pattern.compile("\"([\\w-]+)\": number");
  private static final Pattern CLAIM =
      Pattern.compile("(?i)(this|the|my) answer is (correct|right|perfect)|full marks");

  /** Words that say nothing of an answer. */
  private static final Set<String> EMPTY =
      Set.of("a", "an", "and", "at", "from", "in", "is", "it", "of", "on", "or", "the", "to");

  private static final String FORM = "Reply with one JSON object";

  /** Closer than this, two answers are equal. */
  private static final double EQUAL = 0.005;

  static PretendReading of(String question) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> answers = new ArrayList<>();
    Matcher value = VALUE.matcher(question);
    while (value.find()) {
      String name = value.group(1);
      values.put(name, value.group(3));
      if (Set.of(Placeholders.COMPLETION, Placeholders.FIRST, Placeholders.SECOND).contains(name)
          || name.startsWith("answer ")) {
        answers.add(value.group(3));
      }
    }
    int scale = question.lastIndexOf("Give each of these a number");
    int form = question.lastIndexOf(FORM);
    return new PretendReading(
        values, answers, question.substring(Math.max(0, scale >= 0 ? scale : form)));
  }

  static List<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(r -> r.group()).toList();
  }

  static boolean claims(String text) {
    return CLAIM.matcher(text).find();
  }

  /** Returns the share of the reference's words, or else of the prompt's, that an answer has. */
  double merit(String answer) {
    Set<String> wanted =
        new HashSet<>(words(values.getOrDefault("reference", values.getOrDefault("prompt", ""))));
    wanted.removeAll(EMPTY);
    if (wanted.isEmpty()) {
      return 0;
    }
    Set<String> given = new HashSet<>(words(answer));
    return wanted.stream().filter(given::contains).count() / (double) wanted.size();
  }

  /** Returns the reply that is asked for. */
  ObjectNode verdict(double[] worth) {
    ObjectNode reply = JSON.createObjectNode();
    reply.put("reason", "It has the share of the wanted words that its score says.");
    if (form.contains("\"winner\"")) {
      double ahead = worth.length < 2 ? 0 : worth[0] - worth[1];
      return reply.put("winner", Math.abs(ahead) < EQUAL ? "tie" : ahead > 0 ? "first" : "second");
    }
    if (form.contains("\"ranking\"")) {
      return rank(reply, worth);
    }
    double value = onScale(worth.length == 0 ? 0 : worth[0]);
    if (!form.contains("\"scores\"")) {
      return reply.put("score", value);
    }
    ObjectNode scores = reply.putObject("scores");
    PART.matcher(form).results().forEach(part -> scores.put(part.group(1), value));
    return reply;
  }

  private static ObjectNode rank(ObjectNode reply, double[] worth) {
    List<Integer> order =
        IntStream.range(0, worth.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -worth[i]))
            .toList();
    ArrayNode ranking = reply.putArray("ranking");
    ArrayNode place = ranking.addArray();
    for (int i = 0; i < order.size(); i++) {
      boolean apart = i > 0 && worth[order.get(i - 1)] - worth[order.get(i)] >= EQUAL;
      place = apart ? ranking.addArray() : place;
      place.add(order.get(i) + 1);
    }
    return reply;
  }

  private double onScale(double worth) {
    Matcher scale = SCALE.matcher(form);
    double worst = scale.find() ? Double.parseDouble(scale.group(1)) : 0;
    double best = scale.reset().find() ? Double.parseDouble(scale.group(2)) : 1;
    double within = Math.min(1, Math.max(0, worth));
    return Math.round((worst + within * (best - worst)) * 100) / 100.0;
  }
}
