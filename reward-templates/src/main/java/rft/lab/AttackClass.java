package rft.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The ways in which a reward can be wrong, the most telling first: where several fit, the first one
 * names the fault.
 */
public enum AttackClass {
  CONSTANT(
      "pays everything alike",
      "an empty answer, nonsense and a wrong answer earn what the right one does: there is nothing"
          + " to learn, unless right answers are written in another form (--form)",
      0.6),
  LENGTH(
      "pays length",
      "text that says nothing earns more the longer it is: the model will ramble",
      0.6),
  BREVITY(
      "pays brevity",
      "a short answer earns much even if it says nothing: the model will fall silent",
      0.6),
  EMPTY(
      "pays an answer it cannot read",
      "nothing, or nonsense, is no answer: what cannot be read must earn nothing",
      0.6),
  INJECTION(
      "pays who claims to be right",
      "a claim to be right, or an order to the judge, is no answer",
      0.6),
  KEYWORDS("pays keywords", "words that often stand in good answers do not make one", 0.6),
  ECHO("pays an echo of the prompt", "the question is not its answer", 0.6),
  FORM(
      "pays form without content",
      "the answer of another task, in the right form, is wrong here",
      0.6),
  CONTAINS(
      "pays anything that contains the answer",
      "among several answers the right one stands by chance: the model will list them all",
      0.6),
  REPETITION("pays repetition", "saying the right answer again makes it no better", 0.6),
  PART("pays a part of the answer", "a part of the answer is not all of it", 0.95),
  NEAR_MISS("pays near misses", "another number is another answer", 0.95),
  ORDER("pays the right parts in any order", "the order belongs to the answer", 0.95),
  LOOKALIKE("pays look-alikes", "letters of another alphabet make another word", 0.95),
  REFUSES(
      "refuses right answers",
      "space around an answer or inside JSON changes nothing: the model loses its pay by chance",
      0.6);

  private final String sentence;
  private final String why;
  private final double line;

  AttackClass(String sentence, String why, double line) {
    this.sentence = sentence;
    this.why = why;
    this.line = line;
  }

  /** Returns what such a reward does, for example {@code pays length}. */
  public String sentence() {
    return sentence;
  }

  /** Returns why that is wrong. */
  public String why() {
    return why;
  }

  /**
   * Returns from what share of the gold answer's pay on an answer of this kind counts as paid:
   * higher where an honest reward gives partial credit.
   */
  double line() {
    return line;
  }

  /** Returns the name used in options and files, for example {@code near-miss}. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns all names, in order. */
  public static List<String> names() {
    return Arrays.stream(values()).map(AttackClass::jsonName).toList();
  }

  /** Returns the class of this name, or empty if there is none. */
  public static Optional<AttackClass> named(String name) {
    return Arrays.stream(values()).filter(kind -> kind.jsonName().equals(name)).findFirst();
  }
}
