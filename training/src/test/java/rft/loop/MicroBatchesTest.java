package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rft.policy.SampledTokens;
import rft.prompt.Prompt;
import rft.reward.Completion;
import rft.reward.FinishReason;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;
import rft.rollout.TokenMask;

class MicroBatchesTest {
  /** Returns a group with a prompt of 3 tokens and completions of these lengths. */
  private static ScoredGroup group(int position, int... lengths) {
    Prompt prompt = TinyStep.prompt("t" + position, 1, 2, 3);
    List<Rollout> rollouts = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      SampledTokens tokens = SampledTokens.given(new int[lengths[i]]);
      Completion completion = Completion.of("", FinishReason.STOP, lengths[i]);
      rollouts.add(new Rollout(i, tokens, TokenMask.all(lengths[i]), completion));
    }
    List<Verdict> verdicts = rollouts.stream().<Verdict>map(r -> Score.of(1)).toList();
    List<Double> numbers = IntStream.range(0, lengths.length).mapToObj(i -> (double) i).toList();
    return new ScoredGroup(
        new RolloutGroup(position, prompt, rollouts), verdicts, numbers, numbers);
  }

  /** Returns what a pass holds, as {@code group:rollout}. */
  private static List<String> names(List<ScoredGroup> batch) {
    return batch.stream()
        .flatMap(
            part ->
                part.group().rollouts().stream()
                    .map(rollout -> part.group().position() + ":" + rollout.index()))
        .toList();
  }

  private static List<List<String>> cut(MicroBatches sizes, ScoredGroup... groups) {
    return sizes.of(List.of(groups)).stream().map(MicroBatchesTest::names).toList();
  }

  @Test
  void groupsStayWholeWhereTheyFit() {
    assertEquals(
        List.of(List.of("0:0", "0:1", "1:0"), List.of("2:0", "2:1")),
        cut(new MicroBatches(3, 100), group(0, 2, 2), group(1, 2), group(2, 2, 2)));
    assertEquals(
        List.of(List.of("0:0", "0:1"), List.of("1:0"), List.of("2:0", "2:1")),
        cut(new MicroBatches(99, 11), group(0, 2, 2), group(1, 2), group(2, 2, 2)));
  }

  @Test
  void aGroupLargerThanAPassIsCutBetweenRollouts() {
    assertEquals(
        List.of(List.of("0:0", "0:1"), List.of("0:2", "0:3"), List.of("1:0")),
        cut(new MicroBatches(99, 12), group(0, 4, 5, 7, 1), group(1, 2)));
  }

  @Test
  void aRolloutLargerThanAPassIsAPassOfItsOwn() {
    assertEquals(
        List.of(List.of("0:0"), List.of("0:1"), List.of("0:2")),
        cut(new MicroBatches(99, 10), group(0, 1, 500, 1)));
  }

  @Test
  void whatIsCutKeepsItsAdvantages() {
    List<List<ScoredGroup>> batches = new MicroBatches(99, 10).of(List.of(group(0, 1, 500, 1)));
    assertEquals(
        List.of(0.0, 1.0, 2.0),
        batches.stream().flatMap(List::stream).flatMap(g -> g.advantages().stream()).toList());
  }

  @Test
  void threadsShareOutTokensEvenlyAndNothingIsLost() {
    ScoredGroup[] groups = {group(0, 9, 9, 9), group(1, 1, 1), group(2, 30), group(3, 2, 2, 2)};
    List<List<List<ScoredGroup>>> shares = new MicroBatches(99, 40).shares(List.of(groups), 2);
    assertEquals(2, shares.size());
    List<String> all =
        shares.stream()
            .flatMap(List::stream)
            .flatMap(batch -> names(batch).stream())
            .sorted()
            .toList();
    assertEquals(Stream.of(groups).flatMap(g -> names(List.of(g)).stream()).sorted().toList(), all);
    List<Integer> tokens =
        shares.stream()
            .map(
                share ->
                    share.stream()
                        .flatMap(List::stream)
                        .flatMap(g -> g.group().rollouts().stream())
                        .mapToInt(r -> r.tokens().length())
                        .sum())
            .toList();
    assertTrue(Math.abs(tokens.get(0) - tokens.get(1)) < 20, tokens::toString);
  }

  @Test
  void threadsOfSmallModelsShareOutGroupsByNumber() {
    List<List<List<ScoredGroup>>> shares =
        new MicroBatches(99, Integer.MAX_VALUE)
            .shares(List.of(group(0, 50), group(1, 1), group(2, 1)), 2);
    assertEquals(List.of("0:0"), names(shares.get(0).get(0)));
    assertEquals(List.of("1:0", "2:0"), names(shares.get(1).get(0)));
  }

  @Test
  void aPassThatFindsTooLittleMemoryIsHalved() {
    List<List<String>> passes = new ArrayList<>();
    LossReport report =
        MicroBatches.run(
            List.of(group(0, 1, 1, 1, 1), group(1, 1)),
            batch -> {
              if (names(batch).size() > 2) {
                throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
              }
              passes.add(names(batch));
              return new LossReport(1, 0, 0, 0, 0, 0, 0, SamplerGap.NONE);
            });
    assertEquals(List.of(List.of("0:0", "0:1"), List.of("0:2", "0:3"), List.of("1:0")), passes);
    assertEquals(3, report.loss());
  }

  @Test
  void aRolloutThatDoesNotFitIsSaidInOneSentence() {
    String message =
        assertThrows(
                IllegalStateException.class,
                () ->
                    MicroBatches.run(
                        List.of(group(0, 40)),
                        batch -> {
                          throw new EngineException("CUDA out of memory");
                        }))
            .getMessage();
    assertEquals(
        "the device has too little memory for one rollout of 43 tokens with its prompt: lower"
            + " --max-new-tokens, take --precision bf16, or a smaller model",
        message);
  }

  @Test
  void anotherFailureOfTheEngineIsPassedOn() {
    assertThrows(
        EngineException.class,
        () ->
            MicroBatches.run(
                List.of(group(0, 1, 1)),
                batch -> {
                  throw new EngineException("shape mismatch");
                }));
  }
}
