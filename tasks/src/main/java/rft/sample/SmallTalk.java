package rft.sample;

import java.util.List;

/** A few turns that are no task, so that the bundled model can answer a greeting. */
final class SmallTalk {
  static final String NAME = "small-talk";

  private static final List<String> GREETINGS = List.of("Hi", "Hi!", "Hello", "Hello!", "Hey");
  private static final List<String> WELCOMES =
      List.of("Hello! What can I do for you?", "Hi! Ask me something small.");
  private static final List<String> WHO =
      List.of("Who are you?", "What are you?", "What can you do?");
  private static final List<String> SELF =
      List.of(
          "I am a tiny model made for teaching.", "I add, sort, count and write dates and JSON.");
  private static final List<String> THANKS = List.of("Thanks", "Thanks!", "Thank you.", "Bye!");
  private static final List<String> FAREWELLS = List.of("You are welcome!", "Goodbye!");

  private SmallTalk() {}

  /** Returns what is said and what is answered. */
  static List<String> draw(CounterRandom random) {
    return switch (random.below(3)) {
      case 0 -> List.of(random.pick(GREETINGS), random.pick(WELCOMES));
      case 1 -> List.of(random.pick(WHO), random.pick(SELF));
      default -> List.of(random.pick(THANKS), random.pick(FAREWELLS));
    };
  }
}
