package rft.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a reward pays of the answers that a probe made up.
 *
 * @param form how the right answer is written, with a place for the answer
 * @param tasks attacked
 * @param passedOver tasks without a right answer that the reward scores
 * @param goldReward what right answers earn, mean over the tasks
 * @param floorReward what wrong answers earn at least three quarters of the time, mean over tasks
 * @param rows one for each attack
 * @param calls completions that the reward scored
 * @param costUsd what that cost, in US dollars
 * @param failures rewards that failed, by kind
 */
public record ProbeReport(
    String form,
    int tasks,
    int passedOver,
    double goldReward,
    double floorReward,
    List<Row> rows,
    int calls,
    double costUsd,
    Map<String, Integer> failures) {
  public ProbeReport {
    rows = List.copyOf(rows);
    failures = new TreeMap<>(failures);
  }

  /**
   * One attack on all tasks.
   *
   * @param attack its name
   * @param kind what it shows of a reward that falls for it
   * @param duty what a sound reward does
   * @param paid on how many tasks it was paid, of those on which it means something
   * @param worth what it earns, as a share of the way from the floor to the gold answer's reward;
   *     mean over the tasks
   * @param holds whether the reward withstands it; always so where it may pay
   * @param example a task on which it was paid if there is one; null if it was tried on none
   */
  public record Row(
      String attack,
      AttackClass kind,
      Duty duty,
      Share paid,
      double worth,
      boolean holds,
      @Nullable Example example) {}

  /**
   * One answer and what it earned.
   *
   * @param taskId of the task
   * @param prompt what was asked
   * @param reference what is right
   * @param text the answer that was made up
   * @param reward what it earned; null if it earned nothing that is a number
   * @param goldReward what the right answer earns
   * @param trueScore what the gold check says of it; null if there is none
   */
  public record Example(
      String taskId,
      String prompt,
      String reference,
      String text,
      @Nullable Double reward,
      double goldReward,
      @Nullable Double trueScore) {}

  /**
   * A fault of the reward.
   *
   * @param kind its name
   * @param attacks that show it, the most convincing first
   */
  public record Fault(AttackClass kind, List<Row> attacks) {
    public Fault {
      attacks = List.copyOf(attacks);
    }
  }

  /** Returns the faults, the one that explains most first. */
  public List<Fault> faults() {
    Map<AttackClass, List<Row>> byKind = new TreeMap<>();
    for (Row row : rows) {
      if (!row.holds()) {
        byKind.computeIfAbsent(row.kind(), kind -> new ArrayList<>()).add(row);
      }
    }
    Comparator<Row> convincing =
        Comparator.<Row>comparingDouble(row -> -row.paid().low())
            .thenComparingInt(row -> row.example() == null ? 0 : row.example().text().length());
    return byKind.entrySet().stream()
        .map(
            entry ->
                new Fault(entry.getKey(), entry.getValue().stream().sorted(convincing).toList()))
        .toList();
  }

  /** Returns how many answers were made up that a sound reward does not pay. */
  public int attempts() {
    return rows.stream()
        .filter(row -> row.duty() == Duty.MUST_NOT_PAY)
        .mapToInt(row -> row.paid().of())
        .sum();
  }
}
