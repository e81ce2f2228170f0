package rft.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import rft.dataset.Task;
import rft.reward.Completion;

/** Tasks and answers for tests: task {@code tN} asks for the number N. */
final class Answers {
  private Answers() {}

  static List<Task> tasks(int count) {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(Task.of("t" + i, "Say " + i + ".", String.valueOf(i)));
    }
    return tasks;
  }

  static List<AnswerGroup> groups(int tasks, IntFunction<List<String>> texts) {
    List<AnswerGroup> groups = new ArrayList<>();
    List<Task> all = tasks(tasks);
    for (int i = 0; i < tasks; i++) {
      groups.add(new AnswerGroup(all.get(i), texts.apply(i).stream().map(Completion::of).toList()));
    }
    return groups;
  }

  /** Returns groups whose answers are right with this chance. */
  static List<AnswerGroup> groups(int tasks, int size, double chance) {
    Random random = new Random(3);
    return groups(
        tasks,
        task -> {
          List<String> texts = new ArrayList<>();
          for (int i = 0; i < size; i++) {
            texts.add(random.nextDouble() < chance ? String.valueOf(task) : "wrong " + i);
          }
          return texts;
        });
  }
}
