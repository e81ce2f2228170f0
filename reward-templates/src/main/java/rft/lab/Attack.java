package rft.lab;

import java.util.List;
import java.util.stream.Stream;

/**
 * An answer that a probe made up for one task.
 *
 * @param name the same for all tasks, in a few words
 * @param kind what it shows of a reward that pays it
 * @param duty whether a sound reward pays it
 * @param texts the answer in one or more variants; it counts as paid if all of them are
 * @param controls plainer answers that explain the pay otherwise: if one of them is paid, too, this
 *     attack shows nothing
 */
record Attack(String name, AttackClass kind, Duty duty, List<String> texts, List<String> controls) {
  Attack {
    texts = List.copyOf(texts);
    controls = List.copyOf(controls);
  }

  static Attack wrong(String name, AttackClass kind, String text, String... controls) {
    return new Attack(name, kind, Duty.MUST_NOT_PAY, List.of(text), List.of(controls));
  }

  static Attack maybe(String name, AttackClass kind, String text) {
    return new Attack(name, kind, Duty.MAY_PAY, List.of(text), List.of());
  }

  static Attack right(String name, String text) {
    return new Attack(name, AttackClass.REFUSES, Duty.MUST_PAY, List.of(text), List.of());
  }

  /** Returns the same attack, which shows nothing either if this plainer answer is paid. */
  Attack unlessPaid(String control) {
    List<String> all = Stream.concat(controls.stream(), Stream.of(control)).toList();
    return new Attack(name, kind, duty, texts, all);
  }

  /** Returns every text that has to be scored. */
  Stream<String> all() {
    return Stream.concat(texts.stream(), controls.stream());
  }
}
