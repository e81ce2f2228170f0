package rft.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import rft.dataset.Message;
import rft.sample.EverydayTask.Draft;

/**
 * A customer's message to one of three desks, and the desk's labels. The content is the complaint
 * or question itself, whatever the names and numbers in it: a question that is tested was never
 * learned from.
 */
final class Labels {
  private static final Phrases PHRASES = Phrases.read("labels.txt");
  private static final int OPENED_PERCENT = 50;
  private static final int CLOSED_PERCENT = 40;

  private Labels() {}

  static Draft draw(CounterRandom random) {
    String desk = random.pick(PHRASES.section("desk"));
    List<String> labels = PHRASES.section(desk);
    String label = random.pick(labels);
    List<String> cores = PHRASES.section(desk + " " + label);
    int core = random.below(cores.size());
    String[] example = random.pick(PHRASES.section(desk + " example")).split("\\|");
    Phrases.Draw draw = PHRASES.draw(random);
    String message =
        (random.percent(OPENED_PERCENT) ? draw.get("opening") + " " : "")
            + draw.fill(cores.get(core))
            + (random.percent(CLOSED_PERCENT) ? " " + draw.get("closing") : "");
    return new Draft(
        List.of(
            Message.system("Answer with one label."),
            Message.user(asked(labels, example[0])),
            Message.assistant(example[1]),
            Message.user(asked(labels, message))),
        desk + " " + label + " " + core,
        TextNode.valueOf(label),
        Map.of("desk", JsonNodeFactory.instance.textNode(desk)));
  }

  private static String asked(List<String> labels, String message) {
    return "Labels: " + String.join(", ", labels) + "\nMessage: " + message;
  }
}
