package rft.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.GroupReward;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Has a model compare answers two by two, each pair in both orders: who wins in both orders wins,
 * any other outcome is a tie. A reward is the share of comparisons won, a tie counting half. An
 * answer of which less than half of the comparisons could be made is a failure.
 */
public final class PairwiseJudge implements GroupReward {
  private static final String FORM =
      "Reply with one JSON object and nothing else, the reason first:\n"
          + "{\"reason\": \"one or two sentences\", \"winner\": \"first\" or \"second\" or"
          + " \"tie\"}";

  private final Judge judge;
  private final PromptTemplate prompt;
  private final Against against;

  /** With what an answer is compared. */
  enum Against {
    GROUP,
    REFERENCE
  }

  PairwiseJudge(Judge judge, PromptTemplate prompt, Against against) {
    this.judge = judge;
    this.prompt = prompt;
    this.against = against;
  }

  /** Who wins one comparison in one order. */
  public enum Winner {
    FIRST,
    SECOND,
    TIE
  }

  /**
   * What one question brought.
   *
   * @param winner null if there was no answer
   * @param failure why; null if there was one
   * @param costUsd of the question
   */
  public record Outcome(@Nullable Winner winner, @Nullable Failure failure, double costUsd) {}

  @Override
  public List<Verdict> score(Task task, List<Completion> group) {
    DistinctAnswers answers = DistinctAnswers.of(group);
    if (against == Against.REFERENCE && task.referenceText().isEmpty()) {
      return all(group, "the task has no reference answer to compare with");
    }
    if (against == Against.GROUP && answers.texts().size() < 2) {
      return all(group, "there is no other answer to compare this one with");
    }
    return answers.spread(
        group,
        against == Against.REFERENCE
            ? againstReference(task, answers.texts())
            : amongEachOther(task, answers.texts()));
  }

  private static List<Verdict> all(List<Completion> group, String reason) {
    return Collections.nCopies(group.size(), new Abstain(reason));
  }

  private List<Verdict> againstReference(Task task, List<String> texts) {
    List<Callable<Match>> matches = new ArrayList<>();
    texts.forEach(text -> matches.add(() -> match(task, text, task.referenceText())));
    return Parallel.all(matches).stream()
        .map(
            match -> {
              Tally tally = new Tally();
              tally.add(match, match.points());
              return tally.verdict();
            })
        .toList();
  }

  private List<Verdict> amongEachOther(Task task, List<String> texts) {
    List<Callable<Match>> matches = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      for (int j = i + 1; j < texts.size(); j++) {
        String left = texts.get(i);
        String right = texts.get(j);
        matches.add(() -> match(task, left, right));
      }
    }
    List<Tally> tallies = new ArrayList<>();
    texts.forEach(text -> tallies.add(new Tally()));
    List<Match> played = Parallel.all(matches);
    int next = 0;
    for (int i = 0; i < texts.size(); i++) {
      for (int j = i + 1; j < texts.size(); j++) {
        Match match = played.get(next++);
        tallies.get(i).add(match, match.points());
        tallies.get(j).add(match, 1 - match.points());
      }
    }
    return tallies.stream().map(Tally::verdict).toList();
  }

  private Match match(Task task, String left, String right) throws InterruptedException {
    return new Match(compare(task, left, right), compare(task, right, left));
  }

  /**
   * Returns what the judge says of two answers in this order.
   *
   * @throws InterruptedException if the caller is interrupted while it waits
   */
  public Outcome compare(Task task, String first, String second) throws InterruptedException {
    ChatReply reply = null;
    try {
      Map<String, String> values = Placeholders.of(task);
      values.put(Placeholders.FIRST, first);
      values.put(Placeholders.SECOND, second);
      reply = Question.of(judge, prompt.fill(task.id(), values), FORM).ask();
      return new Outcome(winner(Reply.of(reply.text())), null, reply.usage().costUsd());
    } catch (ChatException e) {
      Failure failure = e.asFailure(reply);
      return new Outcome(null, failure, failure.costUsd());
    }
  }

  private static Winner winner(Reply reply) throws ChatException {
    JsonNode given = reply.json().path("winner");
    return switch (given.asText()) {
      case "first" -> Winner.FIRST;
      case "second" -> Winner.SECOND;
      case "tie" -> Winner.TIE;
      default ->
          throw Reply.unreadable(
              "\"winner\" is not \"first\", \"second\" or \"tie\"", reply.json().toString());
    };
  }

  /** One pair in both orders; in the second the left one comes second. */
  private record Match(Outcome asGiven, Outcome swapped) {
    @Nullable Failure failure() {
      return asGiven.failure() != null ? asGiven.failure() : swapped.failure();
    }

    /** Returns 1 if the left one wins in both orders, 0 if the right one does, else a half. */
    double points() {
      if (asGiven.winner() == Winner.FIRST && swapped.winner() == Winner.SECOND) {
        return 1;
      }
      return asGiven.winner() == Winner.SECOND && swapped.winner() == Winner.FIRST ? 0 : 0.5;
    }

    double costUsd() {
      return asGiven.costUsd() + swapped.costUsd();
    }
  }

  /** The comparisons of one answer. */
  private static final class Tally {
    private int wins;
    private int ties;
    private int losses;
    private int failed;
    private double costUsd;
    private @Nullable Failure first;

    void add(Match match, double points) {
      // Two answers share what their comparison cost.
      costUsd += match.costUsd() / 2;
      if (match.failure() != null) {
        failed++;
        first = first == null ? match.failure() : first;
      } else if (points == 1) {
        wins++;
      } else if (points == 0) {
        losses++;
      } else {
        ties++;
      }
    }

    Verdict verdict() {
      int made = wins + ties + losses;
      if (first != null && failed > made) {
        return new Failure(
            first.kind(),
            failed + " of " + (made + failed) + " comparisons: " + first.detail(),
            costUsd);
      }
      String missing = failed == 0 ? "" : ", " + failed + " not made";
      return new Score(
          (wins + ties / 2.0) / made,
          Map.of(),
          wins + " won, " + ties + " tied, " + losses + " lost" + missing,
          costUsd);
    }
  }
}
