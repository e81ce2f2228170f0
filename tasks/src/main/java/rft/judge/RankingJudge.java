package rft.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.GroupReward;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Has a model put a whole group in order by one question. The best gets 1, the last 0, those
 * between evenly spaced; who shares a place shares its mean. The answers are shown in an order that
 * their texts decide, so that where one stood in the group neither helps nor harms it.
 */
public final class RankingJudge implements GroupReward {
  private static final String FORM =
      "Reply with one JSON object and nothing else, the reason first; name every answer once, the"
          + " best one first, equals together:\n"
          + "{\"reason\": \"one or two sentences\", \"ranking\": [[2], [1, 3]]}";

  private final Judge judge;
  private final PromptTemplate prompt;

  RankingJudge(Judge judge, PromptTemplate prompt) {
    this.judge = judge;
    this.prompt = prompt;
  }

  @Override
  public List<Verdict> score(Task task, List<Completion> group) {
    List<String> texts = new ArrayList<>(DistinctAnswers.of(group).texts());
    if (texts.size() < 2) {
      return Collections.nCopies(
          group.size(), new Abstain("there is no other answer to rank this one with"));
    }
    Collections.sort(texts);
    Collections.shuffle(texts, new Random(texts.hashCode()));
    ChatReply reply = null;
    try {
      reply = Question.of(judge, prompt.fill(task.id(), Placeholders.of(task), texts), FORM).ask();
      Reply read = Reply.of(reply.text());
      double[] rewards = rewards(read, texts.size());
      double share = reply.usage().costUsd() / group.size();
      return group.stream()
          .<Verdict>map(
              completion ->
                  new Score(
                      rewards[texts.indexOf(completion.text())], Map.of(), read.reason(), share))
          .toList();
    } catch (ChatException e) {
      Failure failure = e.asFailure(reply);
      double share = failure.costUsd() / group.size();
      return Collections.nCopies(
          group.size(), new Failure(failure.kind(), failure.detail(), share));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the judge was asked", e);
    }
  }

  /** Returns the reward of each answer, in the order they were shown. */
  static double[] rewards(Reply reply, int count) throws ChatException {
    JsonNode ranking = reply.json().path("ranking");
    double[] rewards = new double[count];
    boolean[] placed = new boolean[count];
    int before = 0;
    for (JsonNode place : ranking) {
      List<JsonNode> equals = new ArrayList<>();
      (place.isArray() ? place : List.of(place)).forEach(equals::add);
      for (JsonNode number : equals) {
        int index = number.isInt() ? number.intValue() - 1 : -1;
        if (index < 0 || index >= count || placed[index]) {
          throw Reply.unreadable(
              "\"ranking\" names " + number + ", which is no answer or twice there",
              reply.json().toString());
        }
        placed[index] = true;
        double rank = before + (equals.size() - 1) / 2.0;
        rewards[index] = 1 - rank / (count - 1);
      }
      before += equals.size();
    }
    int missing = (int) IntStream.range(0, count).filter(i -> !placed[i]).count();
    if (missing > 0) {
      throw Reply.unreadable(
          "\"ranking\" leaves out " + missing + " of " + count + " answers",
          reply.json().toString());
    }
    return rewards;
  }
}
