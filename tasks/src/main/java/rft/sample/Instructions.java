package rft.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import rft.dataset.Message;
import rft.sample.EverydayTask.Draft;

/** Something to write about, and one or two constraints on how to write it. */
final class Instructions {
  private static final Phrases PHRASES = Phrases.read("instructions.txt");
  private static final Pattern WORDS = Pattern.compile("\\W+");
  private static final int ONE_PERCENT = 40;

  private enum Rule {
    MOST_WORDS,
    FEWEST_WORDS,
    SENTENCES,
    INCLUDE,
    EXCLUDE,
    SMALL_LETTERS,
    POINTS,
    BEGIN,
    END
  }

  /** Of each of these, a text keeps at most one. */
  private static final List<Set<Rule>> CONTRARY =
      List.of(
          EnumSet.of(Rule.MOST_WORDS, Rule.FEWEST_WORDS),
          EnumSet.of(Rule.POINTS, Rule.SENTENCES),
          EnumSet.of(Rule.POINTS, Rule.BEGIN),
          EnumSet.of(Rule.POINTS, Rule.END),
          EnumSet.of(Rule.POINTS, Rule.FEWEST_WORDS));

  private final CounterRandom random;
  private final Phrases.Draw draw;
  private final Set<Rule> rules = EnumSet.noneOf(Rule.class);
  private final ObjectNode constraints = JsonNodeFactory.instance.objectNode();
  private final List<String> asked = new ArrayList<>();
  private final KeptText kept = new KeptText();
  private String excluded = "";

  private Instructions(CounterRandom random) {
    this.random = random;
    this.draw = PHRASES.draw(random);
  }

  static Draft draw(CounterRandom random) {
    return new Instructions(random).draft();
  }

  private Draft draft() {
    int count = random.percent(ONE_PERCENT) ? 1 : 2;
    while (rules.size() < count) {
      rules.add(random.pick(List.of(Rule.values())));
      if (CONTRARY.stream().anyMatch(rules::containsAll)) {
        rules.clear();
      }
    }
    String form = draw.get("form");
    rules.forEach(this::ask);
    return new Draft(
        List.of(
            Message.system("Be brief."),
            Message.user("Describe a field. Use the word \"green\"."),
            Message.assistant("A green field glows."),
            Message.user(form + " " + String.join(" ", asked))),
        EverydayTask.hash(draw.get("subject") + " " + constraints),
        TextNode.valueOf(kept.text()),
        Map.of("constraints", constraints));
  }

  private void ask(Rule rule) {
    switch (rule) {
      case MOST_WORDS -> {
        int most = random.between(10, 25);
        ask("Use at most " + most + " words.", "max_words", most);
      }
      case FEWEST_WORDS -> {
        int fewest = random.between(8, 20);
        kept.fewestWords = fewest;
        ask("Use at least " + fewest + " words.", "min_words", fewest);
      }
      case SENTENCES -> {
        int count = random.between(1, 3);
        kept.sentences = count;
        String words = List.of("one sentence", "two sentences", "three sentences").get(count - 1);
        ask("Write exactly " + words + ".", "min_sentences", count);
        constraints.put("max_sentences", count);
      }
      case INCLUDE -> {
        kept.word = draw.get("word");
        asked.add("Use the word \"" + kept.word + "\".");
        constraints.putArray("must_include").add(kept.word);
      }
      case EXCLUDE -> {
        excluded = draw.get("common");
        asked.add("Do not use the word \"" + excluded + "\".");
        constraints.putArray("must_not_include").add(excluded);
      }
      case SMALL_LETTERS -> {
        kept.isSmall = true;
        asked.add("Use no capital letters.");
        constraints.put("regex", "^[^A-Z]+$");
      }
      case POINTS -> {
        int count = random.between(2, 4);
        kept.points = count;
        ask("Make a list of " + count + " points, each starting with \"- \".", "bullets", count);
      }
      case BEGIN -> {
        kept.beginning = phrase("beginning");
        asked.add("Begin with \"" + kept.beginning + "\"");
        constraints.put("starts_with", kept.beginning);
      }
      case END -> {
        kept.ending = phrase("ending");
        asked.add("End with \"" + kept.ending + "\"");
        constraints.put("ends_with", kept.ending);
      }
    }
  }

  private void ask(String sentence, String constraint, int number) {
    asked.add(sentence);
    constraints.put(constraint, number);
  }

  /** Returns a phrase to begin or end with that breaks no other rule. */
  private String phrase(String section) {
    List<String> fitting =
        PHRASES.section(section).stream()
            .map(phrase -> kept.isSmall ? phrase.toLowerCase(Locale.ROOT) : phrase)
            .filter(phrase -> !WORDS.splitAsStream(phrase).toList().contains(excluded))
            .toList();
    return random.pick(fitting);
  }
}
