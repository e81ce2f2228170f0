package rft.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sections of phrases with slots, read from a text resource, of which a draw makes a text.
 *
 * <p>A section begins with its name in square brackets; each line after it is one phrase. A slot
 * {@code {city}} takes a phrase of the section {@code city}, {@code {3..9}} a number in these
 * bounds, {@code {a:3..9}} the same and keeps it under a name. The same slot holds the same text
 * wherever it stands in one draw; {@code {city2}} is another city.
 */
final class Phrases {
  private static final Pattern SLOT =
      Pattern.compile("\\{(?<name>[a-z]+)?(?<copy>\\d)?:?(?:(?<low>\\d+)\\.\\.(?<high>\\d+))?}");

  private final Map<String, List<String>> sections = new LinkedHashMap<>();

  private Phrases() {}

  /** Returns the phrases of a resource beside this class, and the words that all share. */
  static Phrases read(String resource) {
    Phrases phrases = new Phrases();
    phrases.add("words.txt");
    phrases.add(resource);
    return phrases;
  }

  private void add(String resource) {
    try (InputStream in = Phrases.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is missing");
      }
      List<String> section = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("[")) {
          section = new ArrayList<>();
          sections.put(line.substring(1, line.length() - 1), section);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          section.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the phrases of a section as they are written. */
  List<String> section(String name) {
    List<String> section = sections.get(name);
    if (section == null) {
      throw new IllegalArgumentException("there is no section [" + name + "]");
    }
    return section;
  }

  /** Begins a text: slots are filled once, and stay so. */
  Draw draw(CounterRandom random) {
    return new Draw(random);
  }

  /** The slots of one text. */
  final class Draw {
    private final CounterRandom random;
    private final Map<String, String> slots = new LinkedHashMap<>();

    private Draw(CounterRandom random) {
      this.random = random;
    }

    /** Fills a slot with a text of one's own. */
    Draw put(String slot, String text) {
      slots.put(slot, text);
      return this;
    }

    /** Returns what a slot holds; an empty slot takes a phrase of its section first. */
    String get(String slot) {
      return fill("{" + slot + "}");
    }

    /** Returns the phrase with its slots filled. */
    String fill(String phrase) {
      StringBuilder text = new StringBuilder();
      Matcher slot = SLOT.matcher(phrase);
      int from = 0;
      while (slot.find()) {
        text.append(phrase, from, slot.start()).append(value(slot));
        from = slot.end();
      }
      return text.append(phrase.substring(from)).toString();
    }

    private String value(Matcher slot) {
      String name = slot.group("name");
      if (slot.group("low") != null) {
        String number =
            Integer.toString(
                random.between(
                    Integer.parseInt(slot.group("low")), Integer.parseInt(slot.group("high"))));
        if (name != null) {
          slots.put(name, number);
        }
        return number;
      }
      String key = slot.group("copy") == null ? name : name + slot.group("copy");
      String value = slots.get(key);
      while (value == null) {
        String drawn = fill(random.pick(section(name)));
        value = isTaken(name, drawn) ? null : drawn;
      }
      slots.put(key, value);
      return value;
    }

    /** Returns whether another slot of the same section holds a text already. */
    private boolean isTaken(String section, String text) {
      return slots.entrySet().stream()
          .anyMatch(
              slot ->
                  slot.getKey().replaceAll("\\d$", "").equals(section)
                      && slot.getValue().equals(text));
    }
  }
}
